import { once } from "node:events";

/** Where a command prints; `out` is what was asked for, `err` what is said about it. Nobody else prints. */
export type Output = {
  out(text: string): void;
  err(text: string): void;
  /** Resolves when what was printed has been taken by whoever reads it, so that what is still to come need not be kept; throws when the signal aborts. */
  taken?(signal: AbortSignal): Promise<void>;
  /** Whether `out` goes to a terminal, whose width and height are then `columns` and `rows`. */
  readonly isTerminal: boolean;
  /** Whether `err` goes to a terminal. */
  readonly isErrTerminal?: boolean;
  readonly columns: number;
  readonly rows?: number;
  readonly colours: boolean;
  /** The same without hiding anything: for manifests that are to be applied, and for what was searched for secrets by its structure or is to be shown with them. */
  readonly open?: Output;
  /** Whether nothing is to be said beside what was asked for: no progress, no notes, no advice. */
  readonly isQuiet?: boolean;
};

type Streams = { readonly stdout: NodeJS.WriteStream; readonly stderr: NodeJS.WriteStream };

/** The process's streams as an Output; colours only on a terminal that has them, or anywhere under FORCE_COLOR, and never under NO_COLOR. A dumb terminal is no terminal. */
export function createOutput({ stdout, stderr }: Streams, environment: NodeJS.ProcessEnv): Output {
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    async taken(signal) {
      if (stdout.writableNeedDrain) await once(stdout, "drain", { signal });
    },
    isTerminal: (stdout.isTTY ?? false) && environment["TERM"] !== "dumb",
    isErrTerminal: (stderr.isTTY ?? false) && environment["TERM"] !== "dumb",
    get columns() {
      return stdout.columns ?? 80;
    },
    get rows() {
      return stdout.rows ?? 24;
    },
    colours: hasColours(stdout, environment),
  };
}

function hasColours(stdout: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean {
  const { NO_COLOR: no, FORCE_COLOR: forced, TERM: terminal } = environment;
  if (no) return false;
  if (forced !== undefined) return !["0", "false"].includes(forced);
  return (stdout.isTTY ?? false) && terminal !== "dumb" && stdout.hasColors(environment);
}
