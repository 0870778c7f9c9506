import { Readable } from "node:stream";
import { watch } from "node:fs";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { badRequest } from "../../../api/status-error.ts";
import type { Clock } from "../../../clock.ts";
import type { LogOptions } from "../../node-agent.ts";
import type { ContainerRecord, ContainerRun } from "../pods/pod-record.ts";
import { currentRun } from "../pods/pod-record.ts";
import { chooseLastRun } from "../status/container-status.ts";
import type { LogLine } from "./cri-lines.ts";
import { readLines } from "./cri-lines.ts";

/** A container's log as the API gives it. Throws StatusError for one that has none. */
export function readLog(pod: KubernetesObject, record: ContainerRecord, { options, clock }: { readonly options: LogOptions; readonly clock: Clock }): Readable {
  const run = chooseRun(pod, record, options.previous);
  const limited = limitBytes(renderLines(selectLines(run, { options, clock }), options), options.limitBytes);
  return Readable.from(limited, { objectMode: false });
}

/** Source: k8s.io/kubernetes, pkg/kubelet/kubelet_pods.go, validateContainerLogStatus. */
function chooseRun({ metadata }: KubernetesObject, record: ContainerRecord, previous: boolean): ContainerRun {
  const subject = `container ${JSON.stringify(record.container.name)} in pod ${JSON.stringify(metadata.name)}`;
  const run = previous ? chooseLastRun(record) : currentRun(record);
  if (run !== undefined) return run;
  if (previous) throw badRequest(`previous terminated ${subject} not found`);
  const reason = record.waiting?.reason ?? "ContainerCreating";
  if (reason === "ErrImagePull") throw badRequest(`${subject} is waiting to start: image can't be pulled`);
  throw badRequest(`${subject} is waiting to start: ${reason === "ImagePullBackOff" ? "trying and failing to pull image" : reason}`);
}

type Wanted = { readonly options: LogOptions; readonly clock: Clock };

async function* selectLines(run: ContainerRun, { options, clock }: Wanted): AsyncGenerator<LogLine> {
  const since = readSince(options, clock);
  const isWanted = ({ time }: LogLine): boolean => since === undefined || Date.parse(time) >= since;
  let end = 0;
  const tail: LogLine[] = [];
  for await (const line of readLines(run.logFile)) {
    end = line.end;
    if (!isWanted(line)) continue;
    if (options.tailLines === undefined) yield line;
    else keepTail(tail, line, options.tailLines);
  }
  yield* tail;
  if (options.follow) yield* followLines(run, end, options.signal);
}

/** Parts of one long line count as lines, as they do on a real node. */
function keepTail(tail: LogLine[], line: LogLine, count: number): void {
  tail.push(line);
  if (tail.length > count) tail.shift();
}

function readSince({ sinceSeconds, sinceTime }: LogOptions, clock: Clock): number | undefined {
  if (sinceTime !== undefined) return Date.parse(sinceTime);
  return sinceSeconds === undefined ? undefined : clock.now().getTime() - sinceSeconds * 1000;
}

/** Each further line as it is written, until the container has ended. */
async function* followLines(run: ContainerRun, start: number, signal: AbortSignal): AsyncGenerator<LogLine> {
  let position = start;
  let wake = (): void => undefined;
  let hasChanged = true;
  const change = (): void => {
    hasChanged = true;
    wake();
  };
  const watcher = watch(run.logFile, { persistent: false }, change).on("error", change);
  void run.process?.ended.then(change);
  signal.addEventListener("abort", change, { once: true });
  try {
    for (;;) {
      if (signal.aborted) return;
      hasChanged = false;
      const isLast = run.process === undefined || run.ended !== undefined || (await hasEnded(run));
      for await (const line of readLines(run.logFile, position)) {
        position = line.end;
        yield line;
      }
      if (isLast) return;
      if (!hasChanged)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    watcher.close();
    signal.removeEventListener("abort", change);
  }
}

/** `ended` of a process resolves when its output is complete, which is before its end is written down. */
const hasEnded = ({ process }: ContainerRun): Promise<boolean> =>
  Promise.race([process?.ended.then(() => true) ?? Promise.resolve(true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);

async function* renderLines(lines: AsyncIterable<LogLine>, { timestamps }: LogOptions): AsyncGenerator<Buffer> {
  let isContinued = false;
  for await (const { time, content, isFull } of lines) {
    const head = timestamps && !isContinued ? [Buffer.from(`${time} `)] : [];
    yield Buffer.concat([...head, content, ...(isFull ? [newline] : [])]);
    isContinued = !isFull;
  }
}

const newline = Buffer.from("\n");

async function* limitBytes(chunks: AsyncIterable<Buffer>, limit: number | undefined): AsyncGenerator<Buffer> {
  let left = limit ?? Infinity;
  for await (const chunk of chunks) {
    if (left <= 0) return;
    const part = chunk.length > left ? chunk.subarray(0, left) : chunk;
    left -= part.length;
    if (part.length > 0) yield part;
  }
}
