import type { Cluster } from "../../core/cluster/cluster.ts";
import type { TestCase } from "../junit.ts";
import { renderJunit } from "../junit.ts";
import type { PluginEnvironment, ResultFile } from "../plugin-program.ts";
import type { Bench } from "./bench.ts";
import { openBench } from "./bench.ts";
import { createPods } from "./cases/create-pods.ts";
import { execIntoPod } from "./cases/exec-into-pod.ts";
import { reachService } from "./cases/reach-service.ts";
import { readLogs } from "./cases/read-logs.ts";
import { resolveDns } from "./cases/resolve-dns.ts";
import { limits } from "./limits.ts";
import { smokeNames } from "./objects.ts";
import type { SmokeCase } from "./run-case.ts";
import { runCase } from "./run-case.ts";
import type { SmokeSettings } from "./settings.ts";
import { parseSmokeSettings } from "./settings.ts";

/** smoke as it runs in its pod: junit.xml with a case each of the things that every workload needs. */
export async function smokeProgram(environment: PluginEnvironment): Promise<readonly ResultFile[]> {
  const settings = parseSmokeSettings(environment.variables);
  const { connectInCluster } = await import("../../core/cluster/in-cluster.ts");
  const cases = await runSmoke({ cluster: await connectInCluster(), settings, signal: environment.signal, report: environment.report });
  return [{ name: "junit.xml", content: renderJunit("smoke", cases) }];
}

/** Tries every case at the same time on pods of its own, and removes them in any case, also after `signal`. */
export async function runSmoke({ cluster, settings, signal, report }: SmokeRun): Promise<readonly TestCase[]> {
  const ending = new AbortController();
  const bench = openBench(cluster, settings, AbortSignal.any([signal, ending.signal]));
  const finished: TestCase[] = [];
  try {
    return await Promise.all(
      smokeCases.map(async (build) => {
        const result = await runCase(build(bench), signal);
        finished.push(result);
        report(describeProgress(finished, result));
        return result;
      }),
    );
  } finally {
    ending.abort(new Error("all cases are over"));
    await removeObjects(cluster, settings);
  }
}

type SmokeRun = { readonly cluster: Cluster; readonly settings: SmokeSettings } & Pick<PluginEnvironment, "signal" | "report">;

/** In the order in which people read them. */
const smokeCases: readonly ((bench: Bench) => SmokeCase)[] = [createPods, resolveDns, reachService, readLogs, execIntoPod];

function describeProgress(finished: readonly TestCase[], { name, outcome }: TestCase): Parameters<PluginEnvironment["report"]>[0] {
  const failures = finished.filter((testCase) => testCase.outcome.kind === "failure" || testCase.outcome.kind === "error").map((testCase) => testCase.name);
  const word = outcome.kind === "error" || outcome.kind === "failure" ? "failed" : outcome.kind;
  return { msg: `${name}: ${word}`, total: smokeCases.length, completed: finished.length - failures.length, failures };
}

/** By name, whether or not their creation was seen to work; what can't be deleted goes with this plugin's pod, which owns it. */
async function removeObjects(cluster: Cluster, settings: SmokeSettings): Promise<void> {
  const { namespace } = settings;
  const { server, client, service } = smokeNames(settings);
  const options = { gracePeriodSeconds: 1, propagation: "Background", signal: AbortSignal.timeout(limits.cleanUp * 1000) } as const;
  const removals = await Promise.allSettled([
    ...[server, client].map((name) => cluster.delete({ apiVersion: "v1", kind: "Pod", namespace, name }, options)),
    cluster.delete({ apiVersion: "v1", kind: "Service", namespace, name: service }, options),
  ]);
  for (const removal of removals) if (removal.status === "rejected") console.error(`not removed: ${String(removal.reason)}`);
}
