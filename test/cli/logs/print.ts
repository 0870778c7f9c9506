import type { CommandContext } from "../../../cli/command-context.ts";
import { parseLogsRequest, type LogsFlags } from "../../../cli/logs/parse-logs-request.ts";
import { printLogs } from "../../../cli/logs/print-logs.ts";
import type { LogServer } from "./log-server.ts";

export type Printing = {
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<void>;
  /** Resolves when the output, or what is said beside it, holds the text; rejects when printing ends before. */
  readonly until: (text: string) => Promise<void>;
  readonly stop: () => void;
};

/** Starts `asdic logs` with these flags; `taken` makes its output slow. */
export function startPrinting(
  server: Pick<LogServer, "cluster">,
  flags: Partial<LogsFlags> = {},
  {
    taken,
    isTerminal = false,
    columns = 80,
  }: { readonly taken?: (signal: AbortSignal) => Promise<void>; readonly isTerminal?: boolean; readonly columns?: number } = {},
): Printing {
  const printed = { out: "", err: "" };
  const stop = new AbortController();
  const listeners = new Set<() => void>();
  const print = (where: "out" | "err") => (text: string) => {
    printed[where] += text;
    for (const listener of listeners) listener();
  };
  const context: CommandContext = {
    output: { out: print("out"), err: print("err"), isTerminal, columns, colours: isTerminal, ...(taken && { taken }) },
    environment: {},
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(60_000)]),
    now: () => new Date(),
    cwd: import.meta.dirname,
    setExitCode() {},
  };
  const ended = printLogs(context, server.cluster, parseLogsRequest({ namespace: "asdic", ...flags }));
  const until = (text: string): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = (): void => {
      if (`${printed.out}${printed.err}`.includes(text)) resolve();
    };
    listeners.add(look);
    look();
    ended.then(
      () => reject(new Error(`it has ended without ${text}, after:\n${printed.out}${printed.err}`)),
      (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))),
    );
    return promise.finally(() => listeners.delete(look));
  };
  ended.catch(() => undefined);
  return { out: () => printed.out, err: () => printed.err, ended, until, stop: () => stop.abort() };
}

/** Lines without their prefixes. */
export const bare = (text: string): readonly string[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/^.*?│ /, ""));
