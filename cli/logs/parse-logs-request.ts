import { KnownError } from "../../core/contract/known-error.ts";
import { parseDuration } from "../run/duration.ts";
import type { LogStart } from "./log-reader.ts";
import type { LogSelection } from "./select-logs.ts";

/** The flags of `asdic logs` as they were typed. */
export type LogsFlags = {
  readonly namespace: string;
  readonly follow?: true | undefined;
  readonly plugin?: readonly string[] | undefined;
  readonly node?: string | undefined;
  readonly container?: string | undefined;
  readonly previous?: true | undefined;
  readonly tail?: string | undefined;
  readonly since?: string | undefined;
  readonly timestamps?: true | undefined;
  /** False for --no-redact. */
  readonly redact?: boolean | undefined;
};

/** Which logs of a run to print, and how. */
export type LogsRequest = {
  readonly namespace: string;
  readonly selection: LogSelection;
  readonly start: LogStart;
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly redact: boolean;
};

/** Flags as a request; KnownError "wrong-usage" for those that make no sense. */
export function parseLogsRequest(flags: LogsFlags): LogsRequest {
  const { namespace, follow = false, previous = false, timestamps = false, redact = true, plugin, node, container, tail, since } = flags;
  if (follow && previous)
    throw new KnownError("wrong-usage", "--previous and --follow exclude each other: what ran before has ended.", {
      hint: "--follow alone also prints what a container says before it is restarted meanwhile.",
    });
  return {
    namespace,
    selection: { plugins: plugin, node, container },
    start: {
      tailLines: tail === undefined ? undefined : parseLines(tail),
      sinceSeconds: since === undefined ? undefined : parseDuration("--since", since),
    },
    follow,
    previous,
    timestamps,
    redact,
  };
}

/** The lines that --tail names; KnownError "wrong-usage" for what is no number of them. */
export function parseLines(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new KnownError("wrong-usage", `--tail ${text}: is no number of lines.`, {
    hint: "Give a whole number, such as 20; without --tail all lines are printed.",
  });
}
