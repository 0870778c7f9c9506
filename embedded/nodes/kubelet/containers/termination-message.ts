import { open } from "node:fs/promises";
import type { Container } from "../pods/pod.ts";
import { readLines } from "../logs/cri-lines.ts";

/** A container's last words: what it wrote to its message file or, if it wants that and failed without a word, the end of its log. Source: k8s.io/kubernetes, pkg/kubelet/container/runtime.go. */
export async function readTerminationMessage(container: Container, { messageFile, logFile, exitCode }: Ended): Promise<string> {
  const written = await readStart(messageFile, longestMessage);
  if (written !== "" || exitCode === 0 || container.terminationMessagePolicy !== "FallbackToLogsOnError") return written;
  const lines: string[] = [];
  for await (const { content, isFull } of readLines(logFile)) {
    lines.push(isFull ? `${content.toString()}\n` : content.toString());
    if (lines.length > longestLog.lines) lines.shift();
  }
  return cutFront(lines.join(""), longestLog.bytes);
}

type Ended = { readonly messageFile: string; readonly logFile: string; readonly exitCode: number };

const longestMessage = 4096;
const longestLog = { lines: 80, bytes: 2048 };

async function readStart(path: string, bytes: number): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return "";
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead).toString();
  } catch {
    // It may be anything by now, a folder too.
    return "";
  } finally {
    await file.close();
  }
}

const cutFront = (text: string, bytes: number): string => {
  const all = Buffer.from(text);
  return all.length <= bytes ? text : all.subarray(all.length - bytes).toString();
};
