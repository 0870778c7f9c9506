import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { annotations, labels } from "../../../core/contract/names.ts";
import { runSummarySchema } from "../../../core/contract/run-status.ts";
import { parsePodView } from "../../../core/kubernetes/pod-view.ts";
import { buildPluginFile } from "../plugin-files.ts";
import type { Outcome } from "../read-outcome.ts";
import { readOutcome } from "../read-outcome.ts";
import type { Ended } from "../run-cli.ts";
import type { Stage } from "../stage.ts";
import { startStage } from "../stage.ts";
import { brakeUploads } from "./brake-uploads.ts";
import type { RandomRun } from "./draw-run.ts";
import { workers } from "./draw-run.ts";
import type { Made } from "./make-fault.ts";
import { makeRandomFault } from "./make-fault.ts";
import { writeScript } from "./script.ts";
import { restore } from "./restore.ts";

/** All that was seen of a run with faults. */
export type PlayedRun = {
  readonly made: readonly Made[];
  readonly said: readonly Ended[];
  readonly seconds: number;
  /** Undefined where it could not be fetched. */
  readonly outcome: Outcome | undefined;
  readonly seen: Seen;
  /** Of the aggregators, where there is no tarball. */
  readonly logs: string;
  /** What is still in the cluster after `asdic delete`. */
  readonly left: readonly string[];
};

/** What pods said while they were there. */
export type Seen = {
  /** The nodes on which a result's pods were, by "plugin node". */
  readonly ranOn: Map<string, Set<string>>;
  /** When a result's first container ran. */
  readonly startedAt: Map<string, number>;
  readonly tarballs: Set<string>;
  readonly problems: Set<string>;
};

const namespace = "faults";
/** Seconds after which a run ends itself, and after which it is given up. */
export const runSeconds = 180;
const boundSeconds = runSeconds + 120;

/** Plays a run in a cluster of its own, breaks what it says, waits for its end, fetches the tarball and deletes it. */
export async function playRun(run: RandomRun): Promise<PlayedRun> {
  const stage = await startStage(world);
  const begun = performance.now();
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(boundSeconds * 1000)]);
  try {
    const folder = join(stage.folder, "plugins");
    await mkdir(folder);
    for (const plugin of run.plugins)
      await writeFile(join(folder, `${plugin.name}.yaml`), JSON.stringify(buildPluginFile({ ...plugin, script: writeScript(plugin) })));
    const said = [await stage.asdic(["run", "-n", namespace, "-p", folder, "--timeout", `${runSeconds}s`])];
    const seen = watchPods(stage, signal);
    const moment = { stage, run, namespace, releaseUploads: brakeUploads(stage, run, namespace), signal };
    const making = Promise.allSettled(run.faults.map((fault) => makeRandomFault(moment, fault)));
    said.push(...(await waitForEnd(stage, signal)));
    const seconds = (performance.now() - begun) / 1000;
    over.abort(new Error("the run is over"));
    const made = (await making).flatMap((one) => (one.status === "fulfilled" ? (one.value ?? []) : passOver(one.reason, signal)));
    await restore(stage, workers);
    const tarball = join(stage.folder, "run.tar.gz");
    await untilReady(stage);
    said.push(await stage.asdic(["retrieve", "-n", namespace, "-o", tarball]));
    const outcome = await readOutcome(tarball).catch(() => undefined);
    const logs = outcome ? "" : await readAggregatorLogs(stage);
    said.push(await stage.asdic(["delete", "--wait", "-n", namespace], AbortSignal.timeout(120_000)));
    return { made, said, seconds, outcome, seen, logs, left: listLeft(stage) };
  } finally {
    over.abort();
    await stage.close();
  }
}

/** A run may end before a fault's moment comes. */
function passOver(error: unknown, signal: AbortSignal): readonly Made[] {
  if (error !== signal.reason) throw error;
  return [];
}

/** `asdic wait`, again where the API server kept it from waiting: 3 says that, and only 0, 1 and 4 are ends. */
async function waitForEnd(stage: Stage, signal: AbortSignal): Promise<readonly Ended[]> {
  const said: Ended[] = [];
  while (!signal.aborted) {
    const ended = await stage.asdic(["wait", "-n", namespace], signal);
    said.push(ended);
    if (ended.code !== 3) break;
    // Nothing comes of asking again before anything has happened.
    await stage.untilRequest(() => true, signal).catch(() => undefined);
  }
  return said;
}

/** An aggregator that was killed again and again waits longer for its next start than `retrieve` for an answer. */
async function untilReady(stage: Stage): Promise<void> {
  const is = (pod: KubernetesObject): boolean => parsePodView(pod).conditions.some(({ type, status }) => type === "Ready" && status === "True");
  const signal = AbortSignal.timeout(100_000);
  await stage.until(["v1", "Pod"], { namespace, labelSelector: "sonobuoy-component=aggregator", is, signal }).catch(() => undefined);
}

/** What the aggregators' containers have written, pod by pod. */
async function readAggregatorLogs(stage: Stage): Promise<string> {
  const texts: string[] = [];
  for await (const file of glob(join(stage.nodeFolder("*"), "root/var/log/pods", `${namespace}_asdic-aggregator-*`, "*/*.log")))
    texts.push(`${file.slice(stage.folder.length)}\n${await readFile(file, "utf8")}`);
  return texts.join("\n");
}

function watchPods(stage: Stage, signal: AbortSignal): Seen {
  const seen: Seen = { ranOn: new Map(), startedAt: new Map(), tarballs: new Set(), problems: new Set() };
  const look = (object: KubernetesObject): void => {
    const { nodeName, containers } = parsePodView(object);
    const published = object.metadata.annotations?.[annotations.status];
    if (published !== undefined) {
      const { tarball, problems } = runSummarySchema.parse(JSON.parse(published));
      if (tarball) seen.tarballs.add(tarball.sha256);
      for (const { code } of problems) seen.problems.add(code);
    }
    const key = `${object.metadata.labels?.[labels.plugin]} ${object.metadata.annotations?.[annotations.node]}`;
    if (nodeName !== undefined) seen.ranOn.set(key, (seen.ranOn.get(key) ?? new Set()).add(nodeName));
    if (containers.some(({ state }) => state !== "waiting") && !seen.startedAt.has(key)) seen.startedAt.set(key, Date.now());
  };
  const type = stage.api.types.ofKind("v1", "Pod");
  if (type) stage.api.watch(type, { namespace, signal }, ({ object }) => look(object));
  return seen;
}

const listLeft = ({ api }: Stage): readonly string[] =>
  api.types
    .all()
    .flatMap((type) => api.list(type))
    .filter(
      ({ metadata }) =>
        metadata.namespace === namespace ||
        metadata.name.includes(`asdic-${namespace}`) ||
        metadata.labels?.[labels.run] !== undefined ||
        metadata.name === namespace,
    )
    // The server forgets events by itself.
    .filter(({ kind }) => kind !== "Event")
    .map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`);

const world: readonly object[] = [
  {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "control-plane", labels: { "node-role.kubernetes.io/control-plane": "" } },
    spec: { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] },
  },
  ...workers.map((name) => ({ apiVersion: "v1", kind: "Node", metadata: { name } })),
];
