import { text } from "node:stream/consumers";
import type { Cluster, FetchAnswer } from "../core/cluster/cluster.ts";
import { isJsonObject } from "../core/contract/json.ts";
import { KnownError } from "../core/contract/known-error.ts";
import type { KubernetesObject } from "../core/contract/kubernetes-object.ts";
import { objectNames, runTokenHeader, tokenSecretFields } from "../core/contract/names.ts";
import type { RunStatus, RunSummary } from "../core/contract/run-status.ts";
import { wirePaths } from "../core/contract/worker-wire.ts";
import { aggregatorSelector } from "./follow/read-view.ts";
import { createWayFinder } from "./find-way.ts";
import { readLease } from "./follow/read-lease.ts";
import { noRun } from "./follow/read-run-spec.ts";
import { listAll } from "./list-all.ts";
import { parseStatusPage, readAllPages } from "./read-status-pages.ts";
import { refusedAnswer } from "./read-json.ts";

/** What people ask the aggregator itself: through the API server's proxy, where that does not work over a forwarded port, and at last by exec. */
export type AggregatorConnection = {
  /** With which names became tokens, in hexadecimal digits; undefined where they stayed. */
  readonly tokenKey: string | undefined;
  /** With every expected result, fetched in pages where the aggregator has them. */
  readStatus(signal: AbortSignal): Promise<RunStatus>;
  readSummary(signal: AbortSignal): Promise<RunSummary>;
  /** The tarball's bytes from `offset` to before `end`, or all of them (status 200) if it is another one than the tag says. */
  openTarball(request: PieceRequest): Promise<FetchAnswer>;
};

export type PieceRequest = {
  readonly offset: number;
  /** Left out: to the tarball's end. */
  readonly end?: number;
  readonly tag: string;
  /** The one before has brought nothing, so that another way is taken. */
  readonly isAnotherTry?: boolean;
  readonly signal: AbortSignal;
};

/** A way to the aggregator of the run in a namespace, with the run's token; KnownError "no-run" when there is none. */
export async function connectAggregator(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<AggregatorConnection> {
  const secret = await cluster.find({ apiVersion: "v1", kind: "Secret", namespace, name: objectNames.tokenSecret }, signal);
  if (secret === undefined) throw noRun(namespace);
  const token = readField(secret, tokenSecretFields.token)?.toString("utf8");
  if (token === undefined) throw notBegun(namespace);
  const tokenKey = readField(secret, tokenSecretFields.tokenKey);
  const findAggregator = (during: AbortSignal): Promise<string> => findPod(cluster, namespace, during);
  const find = createWayFinder(cluster, { namespace, headers: { [runTokenHeader]: token }, findPod: findAggregator });
  const readPage = async (query: string, during: AbortSignal): Promise<RunStatus> => {
    const answer = await find.request(`${wirePaths.status}?${query}`, { accept: "application/json" }, during);
    if ([502, 503, 504].includes(answer.status)) throw await unanswered(answer, namespace);
    if (answer.status !== 200) throw await refusedAnswer(answer, `the status of the run in namespace ${namespace}`);
    return parseStatusPage(await text(answer.body));
  };
  return {
    tokenKey: tokenKey?.length === tokenKeyBytes ? tokenKey.toString("hex") : undefined,
    readStatus: (during) => readAllPages((query) => readPage(query, during)),
    readSummary: (during) => readPage("limit=1", during),
    openTarball({ offset, end, tag, isAnotherTry, signal: during }) {
      if (isAnotherTry === true) find.leaveWay();
      const isPart = offset > 0 || end !== undefined;
      const range = `bytes=${offset}-${end === undefined ? "" : end - 1}`;
      return find.request(wirePaths.tarball, isPart ? { range, "if-range": tag } : {}, during);
    },
  };
}

const tokenKeyBytes = 32;

function readField({ data }: KubernetesObject, field: string): Buffer | undefined {
  const encoded = isJsonObject(data) ? data[field] : undefined;
  return typeof encoded === "string" && encoded !== "" ? Buffer.from(encoded, "base64") : undefined;
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
