import { KnownError } from "../../../core/contract/known-error.ts";
import { parseLines, type LogsFlags } from "../parse-logs-request.ts";

/** Which log of a tarball to print, and how. */
export type StoredLogRequest = {
  /** A pod's name, or TYPE/NAME. */
  readonly pod: string;
  readonly container: string | undefined;
  /** Undefined: the one that has the pod. */
  readonly namespace: string | undefined;
  readonly previous: boolean;
  readonly tailLines: number | undefined;
  readonly timestamps: boolean;
  readonly isBefore: boolean;
};

export type StoredFlags = Omit<LogsFlags, "namespace"> & { readonly namespace: string | undefined; readonly before?: true | undefined };

type StoredWords = { readonly pod: string | undefined; readonly container: string | undefined };

/** Words and flags of `asdic logs -F` as a request; KnownError "wrong-usage" for those that are about logs in a cluster. */
export function parseStoredRequest({ pod, container }: StoredWords, flags: StoredFlags): StoredLogRequest {
  const other = liveOnly.find(({ key }) => flags[key] !== undefined)?.flag;
  if (other !== undefined)
    throw new KnownError("wrong-usage", `${other} and --file: can't be used together; a tarball's logs are whole and of one container each.`, {
      hint: "Leave one of the two out.",
    });
  if (pod === undefined)
    throw new KnownError("wrong-usage", "asdic logs --file: [pod] is missing.", { hint: "Name one: `asdic get pods -A -f FILE` lists them." });
  if (container !== undefined && flags.container !== undefined)
    throw new KnownError("wrong-usage", `${container}: a container is named by -c already.`, { hint: "Leave one of the two out." });
  return {
    pod,
    container: container ?? flags.container,
    namespace: flags.namespace,
    previous: flags.previous === true,
    tailLines: flags.tail === undefined ? undefined : parseLines(flags.tail),
    timestamps: flags.timestamps === true,
    isBefore: flags.before === true,
  };
}

const liveOnly = [
  { key: "follow", flag: "--follow" },
  { key: "plugin", flag: "--plugin" },
  { key: "node", flag: "--node" },
  { key: "since", flag: "--since" },
] as const;
