import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogChoice } from "../../../../core/snapshot/logs/choose-logs.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { snapshotDefaults } from "../../../../core/contract/snapshot-defaults.ts";
import type { LogOptions } from "../../../../core/contract/snapshot-options.ts";

const running = { running: {} };
const failed = { terminated: { exitCode: 1, reason: "Error" } };
const waiting = { waiting: { reason: "CrashLoopBackOff" } };
type State = readonly [name: string, state: object, last?: object];
const statuses = (states: readonly State[]): object[] =>
  states.map(([name, state, last]) => ({ name, state, restartCount: last ? 1 : 0, ...(last && { lastState: last }) }));
const pod = (
  name: string,
  parts: { readonly phase?: string; readonly containers?: readonly State[]; readonly init?: readonly State[]; readonly ephemeral?: readonly State[] } = {},
): KubernetesObject => {
  const [namespace = "", own = ""] = name.split("/");
  const { phase = "Running", containers = [["c", running]], init = [], ephemeral = [] } = parts;
  return {
    metadata: { name: own, namespace, labels: { app: own } },
    spec: { nodeName: "node-1" },
    status: { phase, initContainerStatuses: statuses(init), containerStatuses: statuses(containers), ephemeralContainerStatuses: statuses(ephemeral) },
  } as unknown as KubernetesObject;
};

const pods = [
  pod("kube-system/well"),
  pod("kube-system/restarted", { containers: [["c", running, failed]] }),
  pod("kube-system/parts", {
    init: [["i", { terminated: { exitCode: 0 } }]],
    containers: [
      ["c", running],
      ["side", running],
    ],
    ephemeral: [["debug", running]],
  }),
  pod("shop/well"),
  pod("shop/looping", { containers: [["c", waiting, failed]] }),
  pod("shop/pulling", { phase: "Pending", containers: [["c", { waiting: { reason: "ImagePullBackOff" } }]] }),
  pod("shop/failed", { phase: "Failed", containers: [["c", failed]] }),
  pod("shop/done", { phase: "Succeeded", containers: [["c", { terminated: { exitCode: 0 } }]] }),
];
const unhealthy = "shop/looping/c shop/looping/c(previous) shop/failed/c";
const system =
  "kube-system/well/c kube-system/restarted/c kube-system/restarted/c(previous) kube-system/parts/i kube-system/parts/c kube-system/parts/side kube-system/parts/debug";

const cases: readonly (readonly [what: string, options: Partial<LogOptions>, expected: string])[] = [
  ["kube-system and what is not well, which comes first", {}, `${unhealthy} ${system}`],
  ["only namespaces", { unhealthy: false }, system],
  ["none of before", { previous: "none", unhealthy: false }, system.replace(" kube-system/restarted/c(previous)", "")],
  ["only of before", { previous: "only" }, "shop/looping/c(previous) kube-system/restarted/c(previous)"],
  ["a namespace that is left out has no unhealthy pods either", { namespaces: { only: [], except: ["shop"] } }, system],
  ["labels", { labelSelector: "app in (failed,well)" }, "shop/failed/c kube-system/well/c"],
];
for (const [what, options, expected] of cases)
  test(what, () => {
    assert.ok(snapshotDefaults.logs);
    const choice = createLogChoice({ ...snapshotDefaults.logs, ...options });
    for (const each of pods) choice.see(each);
    const found = choice
      .chosen()
      .targets.map(({ namespace, pod: name, container, isPrevious }) => `${namespace}/${name}/${container}${isPrevious ? "(previous)" : ""}`);
    assert.equal(found.join(" "), expected);
  });

test("more logs than can be kept in mind are counted", () => {
  assert.ok(snapshotDefaults.logs);
  const choice = createLogChoice(snapshotDefaults.logs);
  for (let count = 0; count < 20_005; count++) choice.see(pod(`kube-system/p${count}`));
  assert.deepEqual([choice.chosen().targets.length, choice.chosen().more], [20_000, 5]);
});

test("an unhealthy pod that comes behind very many others still comes first", () => {
  const choice = createLogChoice({ ...(snapshotDefaults.logs ?? assert.fail()), namespaces: { only: ["kube-system"], except: [] } });
  for (let index = 0; index < 20_005; index++) choice.see(pod(`kube-system/well-${index}`));
  choice.see(pod("shop/failed", { phase: "Failed", containers: [["c", failed]] }));
  const { targets, more } = choice.chosen();
  assert.deepEqual([targets[0]?.pod, targets.length, more], ["failed", 20_000, 6]);
});
