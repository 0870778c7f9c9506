import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { parse } from "yaml";
import { buildRunObjects } from "../../../cli/run/build/objects.ts";
import { parseRunOptions } from "../../../cli/run/options.ts";
import { planRun } from "../../../cli/run/plan.ts";
import { makeRunId } from "../../../cli/run/run-id.ts";
import { parseTogether } from "../../../cli/run/problems.ts";
import { renderYaml } from "../../../cli/plugins/render-plugin-file.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import { podSecurity } from "../../../core/kubernetes/pod-security.ts";
import { builtInPlugins } from "../../../plugins/built-ins.ts";
import { assertGolden } from "../../golden.ts";
import { definition, runPlan } from "../definitions.ts";

const served = {
  core: ["pods", "secrets", "nodes", "pods/log", "pods/exec", "pods/status", "nodes/proxy", "configmaps", "services/proxy"],
  groups: ["apps", "batch", "", "subresources.kubevirt.io"],
};
const builtIn = (name: string) => builtInPlugins.flatMap((each) => (each.names.includes(name) ? [each.definition({ name })] : []));
const render = (plan: ReturnType<typeof runPlan>): string => {
  const { namespace, lock, parts, aggregator } = buildRunObjects({ ...plan, served });
  return [namespace, lock, ...parts, aggregator].map((object) => `---\n${renderYaml(object)}`).join("");
};

test("the objects of the default run", () => assertGolden("cli/objects/default.yaml", render(runPlan([...builtIn("node-facts"), ...builtIn("smoke")]))));

test("the objects of a run with Sonobuoy's plugins, files for one of them, and chosen nodes", () => {
  const plugins = [definition({ name: "one", configMap: { "a.yaml": "b: yes\n" } }), definition({ name: "every", driver: "DaemonSet" })];
  assertGolden("cli/objects/sonobuoy.yaml", render(runPlan(plugins, { nodeSelector: { disk: "ssd" }, namespace: "other" })));
});

test("YAML read back is what was to be created, whatever its strings look like", () => {
  const plan = runPlan([definition({ configMap: { a: "yes", b: "0755", c: "1:30", d: "2026-01-01", e: "~", f: "a\n  b: |\n\t\u001B" } })]);
  const { parts } = buildRunObjects({ ...plan, served });
  for (const part of parts) for (const version of ["1.1", "1.2"] as const) assert.deepEqual(parse(renderYaml(part), { version }), part);
});

const rulesOf = (permissions: "none" | "read" | "admin"): unknown =>
  buildRunObjects({ ...runPlan([definition()], { permissions }), served }).parts.find(
    ({ kind, metadata }) => kind === "ClusterRole" && metadata.name.endsWith(":sonobuoy"),
  )?.["rules"];

test("Sonobuoy's plugins may do what --permissions says: read has no Secrets and nothing that acts, admin has all", () => {
  assert.equal(rulesOf("none"), undefined);
  assert.deepEqual(rulesOf("read"), [
    { apiGroups: [""], resources: ["configmaps", "nodes", "pods", "pods/log", "pods/status"], verbs: ["get", "list", "watch"] },
    { apiGroups: ["apps", "batch"], resources: ["*"], verbs: ["get", "list", "watch"] },
  ]);
  assert.deepEqual(rulesOf("admin"), [
    { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
    { nonResourceURLs: ["*"], verbs: ["*"] },
  ]);
});

test("only runs with a plugin of Sonobuoy's have its account", () => {
  const accounts = (plan: ReturnType<typeof runPlan>) =>
    buildRunObjects({ ...plan, served }).parts.flatMap(({ kind, metadata }) => (kind === "ServiceAccount" ? [metadata.name] : []));
  assert.deepEqual(accounts(runPlan(builtIn("node-facts"))), ["asdic-aggregator", "asdic-plugin-node-facts"]);
  assert.deepEqual(accounts(runPlan([definition()])), ["asdic-aggregator", "sonobuoy-serviceaccount"]);
});

test("the aggregator's pod is of the priority class that was asked for, holds back the autoscaler, and has requests and a limit", () => {
  const { aggregator } = buildRunObjects({ ...runPlan(builtIn("smoke"), { priorityClass: "high" }), served });
  const template = isJsonObject(aggregator["spec"]) && isJsonObject(aggregator["spec"]["template"]) ? aggregator["spec"]["template"] : {};
  const text = JSON.stringify(template);
  assert.match(text, /"priorityClassName":"high"/);
  assert.match(text, /"cluster-autoscaler.kubernetes.io\/safe-to-evict":"false"/);
  assert.match(text, /"requests":\{"cpu":"50m","memory":"96Mi"\},"limits":\{"memory":"512Mi"\}/);
});

test("the aggregator's own pod is admitted at the restricted level", () => {
  const { aggregator } = buildRunObjects({ ...runPlan(builtIn("smoke")), served });
  const template = isJsonObject(aggregator["spec"]) && isJsonObject(aggregator["spec"]["template"]) ? aggregator["spec"]["template"]["spec"] : undefined;
  assert.deepEqual(podSecurity(template), { level: "restricted", reasons: [] });
});

test("everything bears the run's label, and what is namespaced is in its namespace", () => {
  const { namespace, lock, parts, aggregator } = buildRunObjects({ ...runPlan([...builtIn("smoke"), definition()], { namespace: "other" }), served });
  for (const { kind, metadata } of [namespace, lock, ...parts, aggregator]) {
    assert.equal(metadata.labels?.["asdic.dev/run"], "abcd1234", kind);
    assert.equal(metadata.namespace, ["Namespace", "ClusterRole", "ClusterRoleBinding"].includes(kind ?? "") ? undefined : "other", kind);
  }
});

test("a plan is decided by its inputs alone; its id has eight letters and digits", () => {
  const flags = { namespace: "asdic", imagePullPolicy: "Never", permissions: "none", timeout: "90" };
  const options = parseTogether((attempt) => parseRunOptions(flags, { toolVersion: "1.2.3", environment: {} }, attempt));
  const plan = (bytes: (size: number) => Uint8Array) =>
    planRun({
      options,
      definitions: builtIn("smoke"),
      aggregator: [],
      pullSecrets: [],
      pluginSecrets: [],
      sshKey: undefined,
      redactionRules: "rules: []",
      toolVersion: "1.2.3",
      serverVersion: "v1",
      runId: makeRunId(bytes),
    }).spec;
  const fixed = plan((size) => new Uint8Array(size).map((_, index) => index));
  assert.deepEqual([fixed.runId, fixed.plugins, fixed.runTimeoutSeconds], ["abcdefgh", ["smoke"], 90]);
  assert.deepEqual(fixed.redaction, { privacy: "off", rules: "rules: []" });
  assert.match(plan(randomBytes).runId, /^[a-z0-9]{8}$/);
  let calls = 0;
  assert.equal(plan((size) => new Uint8Array(size).fill(calls++ === 0 ? 255 : 35)).runId, "99999999");
});
