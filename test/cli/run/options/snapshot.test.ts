import assert from "node:assert/strict";
import { test } from "node:test";
import { buildSnapshotRules, planKubeletRights } from "../../../../cli/run/build/snapshot-rights.ts";
import { isSnapshotAsked, parseSnapshot, type SnapshotFlags } from "../../../../cli/run/options/snapshot.ts";
import { snapshotDefaults } from "../../../../core/contract/snapshot-defaults.ts";
import { snapshotOptionsSchema } from "../../../../core/contract/snapshot-options.ts";
import { parseAll } from "./parse.ts";

const parse = (flags: SnapshotFlags) => parseAll(parseSnapshot, flags);
const served = { core: ["pods", "secrets", "nodes", "pods/log", "nodes/proxy", "configmaps"], groups: ["apps", "example.test"] };

test("there is a snapshot of the whole cluster unless it is not wanted", () => {
  assert.deepEqual(parse({}), parse({ snapshot: true }));
  assert.equal(parse({ snapshot: false }), undefined);
  assert.deepEqual(
    [{}, { snapshot: false }, { snapshot: true }, { snapshot: "both" }, { snapshotRate: "10" }].map((flags) => isSnapshotAsked(flags)),
    [false, false, true, true, true],
  );
});

test("it is taken after the plugins unless it is said otherwise, of everything but Secrets and kubelets", () => {
  const usual = { ...snapshotDefaults, kubelets: false };
  assert.deepEqual(parse({ snapshot: true }), { when: "after", options: usual });
  for (const way of ["direct", "proxy"] as const)
    assert.deepEqual(parse({ snapshot: "both", snapshotKubelets: way === "direct" ? true : way }), {
      when: "both",
      options: { ...snapshotDefaults, kubeletWay: way },
    });
  assert.deepEqual(snapshotOptionsSchema.parse(JSON.parse(JSON.stringify(usual))), usual);
});

test("every flag says what it says", () => {
  const { options } =
    parse({
      snapshot: true,
      snapshotNamespaces: "shop-*,!shop-test",
      snapshotKinds: "!events",
      snapshotGroups: "core,apps",
      snapshotSelector: "app=shop",
      snapshotSecrets: "metadata",
      snapshotLogs: "shop",
      snapshotLogSelector: "tier in (a,b)",
      snapshotLogPrevious: "only",
      snapshotLogSince: "2h",
      snapshotLogTail: "100",
      snapshotLogTimestamps: true,
      snapshotLogSize: "1Mi",
      snapshotMaxSize: "1Gi",
      snapshotMaxLogs: "2Mi",
      snapshotMaxObjects: "5000",
      snapshotRate: "30",
    }) ?? assert.fail();
  assert.deepEqual(options, {
    ...snapshotDefaults,
    kubelets: false,
    namespaces: { only: ["shop-*"], except: ["shop-test"] },
    kinds: { only: [], except: ["events"] },
    groups: { only: ["core", "apps"], except: [] },
    labelSelector: "app=shop",
    secrets: "metadata",
    logs: {
      namespaces: { only: ["shop"], except: [] },
      unhealthy: true,
      labelSelector: "tier in (a,b)",
      previous: "only",
      sinceSeconds: 7200,
      timestamps: true,
      tailLines: 100,
      limitBytes: 1_048_576,
    },
    maxBytes: 1_073_741_824,
    maxLogBytes: 2_097_152,
    maxObjectsPerKind: 5000,
    requestsPerSecond: 30,
  });
  assert.equal(parse({ snapshot: true, snapshotLogSince: "2026-11-21T10:00:00Z" })?.options.logs?.sinceTime, "2026-11-21T10:00:00Z");
  assert.equal(parse({ snapshot: true, snapshotLogs: "none" })?.options.logs, undefined);
});

test("kubelets are read by an account of their own, and by nodes/proxy only where that was named", () => {
  assert.deepEqual(planKubeletRights({ ...snapshotDefaults, kubelets: false }), []);
  const [rights] = planKubeletRights({ ...snapshotDefaults, kubeletWay: "direct" });
  assert.deepEqual(rights?.cluster, [{ apiGroups: [""], resources: ["nodes/configz", "nodes/healthz", "nodes/stats"], verbs: ["get"] }]);
  assert.doesNotMatch(JSON.stringify(buildSnapshotRules({ ...snapshotDefaults, kubeletWay: "direct" }, served)), /proxy/);
});

test("its rights only list, and have no Secrets and no kubelets unless they are asked for", () => {
  const rules = [
    { apiGroups: [""], resources: ["configmaps", "nodes", "pods"], verbs: ["list"] },
    { apiGroups: ["apps", "example.test"], resources: ["*"], verbs: ["list"] },
  ];
  const log = { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] };
  const health = { nonResourceURLs: ["/livez", "/metrics", "/readyz"], verbs: ["get"] };
  assert.deepEqual(buildSnapshotRules({ ...snapshotDefaults, kubelets: false }, served), [...rules, log, health]);
  assert.deepEqual(buildSnapshotRules({ ...snapshotDefaults, kubeletWay: "proxy", logs: undefined, server: "version", secrets: "metadata" }, served), [
    ...rules,
    { apiGroups: [""], resources: ["secrets"], verbs: ["list"] },
    { apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] },
  ]);
});
