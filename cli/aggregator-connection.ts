import { text } from "node:stream/consumers";
import type { Cluster, FetchAnswer } from "../core/cluster/cluster.ts";
import { isJsonObject } from "../core/contract/json.ts";
import { KnownError } from "../core/contract/known-error.ts";
import { objectNames, runTokenHeader } from "../core/contract/names.ts";
import { runStatusSchema, type RunStatus } from "../core/contract/run-status.ts";
import { wirePaths } from "../core/contract/worker-wire.ts";
import { aggregatorSelector } from "./follow/read-view.ts";
import { createWayFinder } from "./find-way.ts";
import { readLease } from "./follow/read-lease.ts";
import { noRun } from "./follow/read-run-spec.ts";
import { listAll } from "./list-all.ts";
import { refusedAnswer } from "./read-json.ts";

/** What people ask the aggregator itself: through the API server's proxy, where that does not work over a forwarded port, and at last by exec. */
export type AggregatorConnection = {
  readStatus(signal: AbortSignal): Promise<RunStatus>;
  /** The tarball's bytes from an offset on, or all of them (status 200) if it is another one than the tag says. */
  openTarball(request: { readonly offset: number; readonly tag: string; readonly signal: AbortSignal }): Promise<FetchAnswer>;
};

/** A way to the aggregator of the run in a namespace, with the run's token; KnownError "no-run" when there is none. */
export async function connectAggregator(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<AggregatorConnection> {
  const secret = await cluster.find({ apiVersion: "v1", kind: "Secret", namespace, name: objectNames.tokenSecret }, signal);
  if (secret === undefined) throw noRun(namespace);
  const encoded = isJsonObject(secret["data"]) ? secret["data"]["token"] : undefined;
  if (typeof encoded !== "string" || encoded === "") throw notBegun(namespace);
  const token = Buffer.from(encoded, "base64").toString("utf8");
  const findAggregator = (during: AbortSignal): Promise<string> => findPod(cluster, namespace, during);
  const find = createWayFinder(cluster, { namespace, headers: { [runTokenHeader]: token }, findPod: findAggregator });
  return {
    async readStatus(during) {
      const answer = await find.request(wirePaths.status, { accept: "application/json" }, during);
      if ([502, 503, 504].includes(answer.status)) throw await unanswered(answer, namespace);
      if (answer.status !== 200) throw await refusedAnswer(answer, `the status of the run in namespace ${namespace}`);
      return parseStatus(await text(answer.body));
    },
    openTarball({ offset, tag, signal: during }) {
      find.seeOffset(offset);
      return find.request(wirePaths.tarball, offset === 0 ? {} : { range: `bytes=${offset}-`, "if-range": tag }, during);
    },
  };
}

/** The aggregator fills the Secret before it answers anybody. */
const notBegun = (namespace: string): KnownError =>
  new KnownError("aggregator-failed", `The aggregator of the run in namespace ${namespace} has not begun yet.`, {
    hint: `See why with \`asdic status -n ${namespace}\`, or try again in a moment.`,
  });

/** It is the API server's proxy that says so. */
async function unanswered(answer: FetchAnswer, namespace: string): Promise<KnownError> {
  const { message } = await refusedAnswer(answer, "the aggregator");
  return new KnownError("aggregator-failed", `The aggregator of the run in namespace ${namespace} does not answer now: ${message}`, {
    hint: `See why with \`asdic status -n ${namespace}\`, or try again in a moment.`,
  });
}

/** Of the aggregator's pods the one that has the run's lease, else the newest, because an older one may be on its way out. */
async function findPod(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<string> {
  const [lease, pods] = await Promise.all([
    readLease(cluster, namespace, signal),
    listAll(cluster, { apiVersion: "v1", kind: "Pod", namespace, labelSelector: aggregatorSelector, signal }),
  ]);
  const holder = isJsonObject(lease?.["spec"]) ? lease["spec"]["holderIdentity"] : undefined;
  const [newest] = pods
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .toSorted((one, other) => (other.metadata.creationTimestamp ?? "").localeCompare(one.metadata.creationTimestamp ?? ""));
  if (typeof holder === "string" && pods.some(({ metadata }) => metadata.name === holder && metadata.deletionTimestamp === undefined)) return holder;
  if (newest !== undefined) return newest.metadata.name;
  throw new KnownError("aggregator-failed", `The run in namespace ${namespace} has no aggregator pod now.`, {
    hint: `See why with \`asdic status -n ${namespace}\`.`,
  });
}

function parseStatus(body: string): RunStatus {
  const status = runStatusSchema.safeParse(parseJson(body));
  if (status.success) return status.data;
  throw new KnownError("wire-version", "The aggregator's status is not as this version of asdic knows it.", {
    hint: "Use the version of asdic that started the run; `asdic status --json` says which.",
  });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
