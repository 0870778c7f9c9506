import type { Bench } from "../bench.ts";
import { describeProbe } from "../describe-probe.ts";
import { readEvidence } from "../evidence.ts";
import type { SmokeCase } from "../run-case.ts";
import { CaseFailed, CaseSkipped } from "../run-case.ts";

/** A pod on one node reaches a pod on another through a Service's address. */
export const reachService = ({ cluster, settings, names, placement, service, serverStarted, clientStarted, podsStarted, report }: Bench): SmokeCase => ({
  name: "reach a Service across nodes",
  needs: [podsStarted],
  test: async () => {
    await service;
    if ((await placement).kind !== "two-nodes") throw new CaseSkipped("only one schedulable node");
    const [server, client] = await Promise.all([serverStarted, clientStarted]);
    const { service: probe } = await report;
    if (client.nodeName === server.nodeName)
      throw new CaseFailed(`both pods came to ${client.nodeName}, in spite of their node affinity`, describeProbe(probe));
    if (probe.problem === undefined) return `from ${client.nodeName} to ${server.nodeName}: ${describeProbe(probe)}`;
    throw new CaseFailed(
      `a pod on ${client.nodeName} can't reach a Service whose pod is on ${server.nodeName}: ${probe.problem}`,
      [describeProbe(probe), await readEvidence(cluster, settings.namespace, { name: names.server, pod: server })].join("\n"),
    );
  },
});
