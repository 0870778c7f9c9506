/**
 * An error that a person can act on: one sentence, a hint with the next command, and the exit code of design D12.
 * Anything thrown that is no KnownError is a bug and is shown as one (exit 70).
 */
export class KnownError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  override readonly name = "KnownError";

  constructor(code: ErrorCode, sentence: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(sentence, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }

  get exitCode(): ExitCode {
    return exitCodes[this.code];
  }
}

/** What a process of asdic may end with; nothing else is ever used. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 70 | 130;

/** Every code a KnownError may carry, with the exit code it leads to. */
const exitCodes = {
  "wrong-usage": 2,
  "invalid-plugin": 2,
  "invalid-file": 2,
  "invalid-tarball": 2,
  "invalid-kubeconfig": 2,
  "unknown-plugin": 2,
  "run-exists": 2,
  "no-run": 2,
  "not-finished": 4,
  "wire-version": 2,
  "cluster-unreachable": 3,
  "cluster-refused": 3,
  "credentials-expired": 3,
  "not-found": 3,
  conflict: 3,
  "aggregator-failed": 4,
  "transfer-failed": 4,
  "run-incomplete": 4,
  interrupted: 130,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof exitCodes;

/** Whether a caught value is an error that people are meant to see as it is. */
export const isKnownError = (error: unknown): error is KnownError => error instanceof KnownError;
