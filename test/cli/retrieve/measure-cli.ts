import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const main = join(import.meta.dirname, "../../../cli/main.ts");

export type Measured = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly peakBytes: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
};

/**
 * Runs the CLI as a process of its own and says how much memory it held at most (VmHWM), and what it took of a processor; Linux only. `onLook` may end it, and no file may grow
 * over `fileBytes`.
 */
export async function measureCli(
  args: readonly string[],
  {
    folder,
    fileBytes,
    onLook,
  }: { readonly folder: string; readonly fileBytes?: number; readonly onLook?: (child: { readonly kill: (signal: NodeJS.Signals) => void }) => void },
): Promise<Measured> {
  const begun = performance.now();
  const command = [process.execPath, main, ...args];
  // The shell counts in blocks of 512 bytes.
  const limited = fileBytes === undefined ? command : ["sh", "-c", `ulimit -f ${fileBytes / 512} && exec "$0" "$@"`, ...command];
  const child = spawn(limited[0] ?? "", limited.slice(1), { cwd: folder, env: { KUBECONFIG: join(folder, "kubeconfig"), PATH: process.env["PATH"] } });
  let [stdout, stderr, peakBytes, cpuSeconds] = ["", "", 0, 0];
  child.stdout.on("data", (text: Buffer) => void (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => void (stderr += text.toString()));
  const looking = setInterval(() => {
    peakBytes = Math.max(peakBytes, readPeak(child.pid));
    cpuSeconds = Math.max(cpuSeconds, readCpu(child.pid));
    onLook?.({ kill: (signal) => void child.kill(signal) });
  }, 20);
  const code = await new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject));
  clearInterval(looking);
  return { code, stdout, stderr, peakBytes, cpuSeconds, seconds: (performance.now() - begun) / 1000 };
}

const readPeak = (pid: number | undefined): number => 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(readProcess(pid, "status"))?.[1] ?? 0);

/** In user and system mode, in the hundredths of a second in which Linux counts them. */
function readCpu(pid: number | undefined): number {
  const [user = "0", system = "0"] = readProcess(pid, "stat").split(") ")[1]?.split(" ").slice(11, 13) ?? [];
  return (Number(user) + Number(system)) / 100;
}

/** Of a process that has just ended nothing is known. */
function readProcess(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
