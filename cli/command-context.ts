import type { ExitCode } from "../core/contract/known-error.ts";
import type { GlobalFlags } from "./global-options.ts";
import type { Output } from "./terminal/output.ts";

/** What a command gets from the process that it runs in: everything that is neither a flag nor a file named by one. */
export type CommandContext = {
  readonly output: Output;
  readonly environment: NodeJS.ProcessEnv;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly cwd: string;
  /** How the command ended where nothing was thrown; 0 unless set. */
  readonly setExitCode: (code: ExitCode) => void;
  /** The standard input, for the one command that was told to read it. */
  readonly openInput?: () => AsyncIterable<Uint8Array | string>;
  /** For run ids and tokens; left out, the system's. */
  readonly randomBytes?: (size: number) => Uint8Array;
  /** Before anything of a cluster can be printed: from now on `output` hides secrets. */
  readonly startHiding?: () => Promise<void>;
  /** What was typed of the options that all commands share; only known once a command acts. */
  readonly globalFlags?: () => GlobalFlags;
};
