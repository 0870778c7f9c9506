import type { LimitFunction } from "p-limit";
import { tarballPaths } from "../../contract/tarball-layout.ts";
import { findSubdomainProblems } from "../../kubernetes/names.ts";
import type { Budget } from "../budget.ts";
import type { Asker } from "../requests/ask.ts";
import { readingFailure, RequestFailure } from "../requests/request-failure.ts";
import type { SnapshotRecord } from "../snapshot-record.ts";
import type { SnapshotWriter } from "../snapshot-writer.ts";
import type { Reachability } from "./reachability.ts";

export type KubeletReading = {
  readonly asker: Asker;
  readonly files: SnapshotWriter;
  readonly record: SnapshotRecord;
  readonly budget: Budget;
  readonly reachability: Reachability;
  readonly limit: LimitFunction;
  readonly signal: AbortSignal;
};

export type NodeNote = { readonly name: string; readonly isReady: boolean };

/** Writes what each node's kubelet says of itself, ready nodes first; one that doesn't answer costs itself and ten seconds. */
export async function readKubelets(nodes: readonly NodeNote[], reading: KubeletReading): Promise<void> {
  const named = nodes.filter(({ name }) => findSubdomainProblems(name).length === 0);
  const state = { mayNot: false };
  await Promise.all(named.toSorted((a, b) => Number(b.isReady) - Number(a.isReady)).map(({ name }) => reading.limit(() => readNode(name, state, reading))));
}

async function readNode(node: string, state: { mayNot: boolean }, reading: KubeletReading): Promise<void> {
  const { record, reachability, signal } = reading;
  for (const fact of facts) {
    signal.throwIfAborted();
    if (state.mayNot && fact !== facts[0]) return;
    if (state.mayNot) return record.omit({ what: "kubelets", why: "nodes/proxy may not be read", count: 1 });
    if (!reachability.isWorth(node)) return record.omit({ what: "kubelets", why: "they did not answer, or none of the first ones did", count: 1 });
    await record.ask({ verb: "get", resource: "nodes/proxy", namespace: "", name: `${node}/${fact.path}` }, () =>
      readFact(node, fact, reading).catch((error: unknown) => {
        const failure = readingFailure(error);
        reachability.failed(node, failure);
        state.mayNot ||= failure.code === 403;
        throw error;
      }),
    );
  }
}

type Fact = { readonly path: string; readonly file: string };

const facts: readonly Fact[] = [
  { path: "configz", file: "configz.json" },
  { path: "healthz", file: "healthz.json" },
  { path: "stats/summary", file: "stats.json" },
];

async function readFact(node: string, { path, file }: Fact, { asker, files, budget, reachability }: KubeletReading): Promise<void> {
  const { status, body } = await asker.read({
    path: `/api/v1/nodes/${node}/proxy/${path}`,
    within: 10_000,
    retries: 0,
    isAnswer: (answer) => answer === 200 || (path === "healthz" && answer === 500),
  });
  // Sonobuoy's form: the status alone.
  const content = path === "healthz" ? Buffer.from(`${JSON.stringify({ status })}\n`) : body;
  if (status === 200) reachability.answered(node);
  if (!budget.take(content.length)) throw new RequestFailure({ code: 200, reason: "LeftOut", message: "the limit of the snapshot's size" });
  await files.put(tarballPaths.hostFact(node, file), content);
}
