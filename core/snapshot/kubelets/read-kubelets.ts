import type { LimitFunction } from "p-limit";
import type { KubeletPlace } from "../../cluster/cluster.ts";
import { tarballPaths } from "../../contract/tarball-layout.ts";
import { findSubdomainProblems } from "../../kubernetes/names.ts";
import type { Budget } from "../budget.ts";
import type { Asker, Question } from "../requests/ask.ts";
import { readingFailure, RequestFailure } from "../requests/request-failure.ts";
import type { SnapshotRecord } from "../snapshot-record.ts";
import type { SnapshotWriter } from "../snapshot-writer.ts";
import { createDirectTries, type DirectTries } from "./direct-tries.ts";
import type { KubeletWays } from "./find-ways.ts";
import { kubeletFacts, type KubeletFact } from "./kubelet-facts.ts";
import type { Reachability } from "./reachability.ts";

export type KubeletReading = {
  readonly asker: Asker;
  readonly files: SnapshotWriter;
  readonly record: SnapshotRecord;
  readonly budget: Budget;
  readonly ways: KubeletWays;
  /** Through the API server, as logs are. */
  readonly reachability: Reachability;
  readonly limit: LimitFunction;
  readonly signal: AbortSignal;
};

export type NodeNote = { readonly name: string; readonly isReady: boolean; readonly kubelet: Pick<KubeletPlace, "host" | "port"> | undefined };

/**
 * Writes what each node's kubelet says of itself, ready nodes first: at its own port where that is possible, else through the API server. One that doesn't answer
 * costs itself and some seconds.
 */
export async function readKubelets(nodes: readonly NodeNote[], reading: KubeletReading): Promise<void> {
  const named = nodes.filter(({ name }) => findSubdomainProblems(name).length === 0);
  const state: State = { ...reading, tries: createDirectTries(reading.ways), mayProxy: reading.ways.proxy };
  await Promise.all(named.toSorted((a, b) => Number(b.isReady) - Number(a.isReady)).map((node) => reading.limit(() => readNode(node, state))));
}

type State = KubeletReading & { readonly tries: DirectTries; mayProxy: boolean };

async function readNode(node: NodeNote, state: State): Promise<void> {
  const { record, signal } = state;
  const left = new Set<string>();
  for (const fact of kubeletFacts) {
    signal.throwIfAborted();
    const failure = await readDirectly(node, fact, state);
    if (failure === undefined) continue;
    const why = whyNotByProxy(node, fact, state);
    if (why === undefined) await readByProxy(node, fact, state);
    // What a kubelet itself answered is told as it is.
    else if (failure.code !== 0) record.fail(asked(node, fact, `nodes/${fact.right}`), failure);
    else left.add(why);
  }
  for (const why of left) record.omit({ what: "kubelets", why, count: 1 });
}

/** Undefined when it is read. */
async function readDirectly(node: NodeNote, fact: KubeletFact, state: State): Promise<RequestFailure | undefined> {
  const { tries, ways, signal } = state;
  if (node.kubelet === undefined || !tries.isWorth(node, fact)) return notTried;
  const answer = await askFact(fact, state.asker, { path: `/${fact.path}`, kubelet: { ...node.kubelet, name: node.name, token: ways.direct.token } }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      return readingFailure(error);
    },
  );
  if (answer instanceof RequestFailure) {
    tries.failed(node, answer);
    return answer;
  }
  tries.answered(node);
  await state.record.ask(asked(node, fact, `nodes/${fact.right}`), () => keepFact(node, fact, { ...state, content: answer.content }));
  return undefined;
}

const notTried = new RequestFailure({ code: 0, reason: "NotTried", message: "" });

/** Undefined where it is worth a try. */
function whyNotByProxy(node: NodeNote, fact: KubeletFact, { mayProxy, tries, ways, reachability }: State): string | undefined {
  if (!mayProxy) return `${tries.why(node, fact)}, and ${ways.whyNotProxy}`;
  return reachability.isWorth(node.name) ? undefined : "they did not answer, or none of the first ones did";
}

async function readByProxy(node: NodeNote, fact: KubeletFact, state: State): Promise<void> {
  const { record, reachability } = state;
  await record.ask(asked(node, fact, "nodes/proxy"), async () => {
    const { status, content } = await askFact(fact, state.asker, { path: `/api/v1/nodes/${node.name}/proxy/${fact.path}` }).catch((error: unknown) => {
      const failure = readingFailure(error);
      reachability.failed(node.name, failure);
      if (failure.code === 403) state.mayProxy = false;
      throw error;
    });
    if (status === 200) reachability.answered(node.name);
    await keepFact(node, fact, { ...state, content });
  });
}

const asked = ({ name }: NodeNote, { path }: KubeletFact, resource: string): Parameters<SnapshotRecord["fail"]>[0] => ({
  verb: "get",
  resource,
  namespace: "",
  name: `${name}/${path}`,
});

async function askFact({ path }: KubeletFact, asker: Asker, question: Question): Promise<{ readonly status: number; readonly content: Buffer }> {
  const isHealth = path === "healthz";
  const { status, body } = await asker.read({ ...question, within: 10_000, retries: 0, isAnswer: (answer) => answer === 200 || (isHealth && answer === 500) });
  // Sonobuoy's form: the status alone.
  return { status, content: isHealth ? Buffer.from(`${JSON.stringify({ status })}\n`) : body };
}

type Keeping = Pick<KubeletReading, "files" | "budget"> & { readonly content: Buffer };

async function keepFact({ name }: NodeNote, { file }: KubeletFact, { files, budget, content }: Keeping): Promise<void> {
  if (!budget.take(content.length)) throw new RequestFailure({ code: 200, reason: "LeftOut", message: "the limit of the snapshot's size" });
  await files.put(tarballPaths.hostFact(name, file), content);
}
