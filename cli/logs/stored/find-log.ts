import { KnownError } from "../../../core/contract/known-error.ts";
import { nameSome } from "../../name-some.ts";
import type { OpenedSnapshot } from "../../offline/open-snapshot.ts";
import type { LogFile } from "../../offline/parse-snapshot-path.ts";
import type { StoredLogRequest } from "./parse-stored-request.ts";

/** A pod's logs, in its one namespace. */
export type PodLogs = { readonly namespace: string; readonly logs: readonly LogFile[] };

/** The logs that a tarball has of a pod, those of runs before or the others; KnownError "wrong-usage" that says why there are none, or in which namespaces there are pods of that name. */
export function findLogs(snapshot: OpenedSnapshot, request: StoredLogRequest): PodLogs {
  const { pod, namespace } = request;
  const ofPod = snapshot.logs.filter((log) => log.pod === pod && (namespace === undefined || log.namespace === namespace));
  const namespaces = [...new Set(ofPod.map((log) => log.namespace))];
  if (namespaces.length > 1)
    throw new KnownError("wrong-usage", `${snapshot.path}: pod ${JSON.stringify(pod)} is in several namespaces: ${nameSome(namespaces)}.`, {
      hint: "Name one by -n.",
    });
  const logs = ofPod.filter((log) => isPrevious(snapshot, log) === request.previous);
  const [only] = namespaces;
  if (only === undefined || logs.length === 0) throw refuse(snapshot, request, ofPod);
  return { namespace: only, logs };
}

/** The log of a container that was named; KnownError "wrong-usage" naming those there are. */
export function findContainer({ path }: Pick<OpenedSnapshot, "path">, logs: readonly LogFile[], { pod, container }: StoredLogRequest): LogFile {
  const found = logs.find((log) => log.container === container);
  if (found) return found;
  throw new KnownError("wrong-usage", `${path}: holds no log of container ${JSON.stringify(container)} of pod ${JSON.stringify(pod)}.`, {
    hint: `It has logs of: ${nameSome(logs.map((log) => log.container))}.`,
  });
}

/** Where nothing else was wanted they have the plain names, as Sonobuoy's. */
const isPrevious = ({ coverage }: OpenedSnapshot, log: LogFile): boolean => log.isPrevious || coverage?.options.logs?.previous === "only";

function refuse({ path, coverage, logs }: OpenedSnapshot, { pod, namespace, previous }: StoredLogRequest, ofPod: readonly LogFile[]): KnownError {
  const place = namespace === undefined ? "" : ` in namespace ${namespace}`;
  const failure = coverage?.failures.find(
    (each) => each.resource === "pods/log" && each.name?.startsWith(`${pod}/`) === true && (namespace === undefined || each.namespace === namespace),
  );
  const why =
    failure !== undefined
      ? `: it could not be read (${failure.message})`
      : ofPod.length > 0
        ? previous
          ? ": no container of it was started again, or its earlier log was not wanted"
          : ": only earlier runs' logs were wanted, see --previous"
        : "";
  const there = [...new Set(logs.filter((log) => namespace === undefined || log.namespace === namespace).map((log) => log.pod))];
  return new KnownError("wrong-usage", `${path}: holds no ${previous ? "earlier " : ""}log of pod ${JSON.stringify(pod)}${place}${why}.`, {
    hint: there.length === 0 ? `It has no logs${place} at all.` : `It has logs of: ${nameSome(there)}.`,
  });
}
