import assert from "node:assert/strict";
import { test } from "node:test";
import { runOptions } from "../../../cli/commands/run-options.ts";
import type { RunFlags } from "../../../cli/run/options.ts";

/** The compiler sees to it that none of RunFlags is missing here. */
const known: Record<keyof RunFlags, true> = {
  plugin: true,
  pluginEnv: true,
  pluginImage: true,
  pluginTimeout: true,
  showDefaultPodspec: true,
  secret: true,
  mode: true,
  e2eFocus: true,
  e2eSkip: true,
  e2eParallel: true,
  rerunFailed: true,
  kubeConformanceImage: true,
  e2eRepo: true,
  e2eRepoConfig: true,
  e2eDockerConfigFile: true,
  sshKey: true,
  sshUser: true,
  kubernetesVersion: true,
  snapshot: true,
  snapshotKubelets: true,
  snapshotNamespaces: true,
  snapshotKinds: true,
  snapshotGroups: true,
  snapshotSelector: true,
  snapshotSecrets: true,
  snapshotLogs: true,
  snapshotLogSelector: true,
  snapshotLogPrevious: true,
  snapshotLogSince: true,
  snapshotLogTail: true,
  snapshotLogTimestamps: true,
  snapshotLogSize: true,
  snapshotMaxSize: true,
  snapshotMaxLogs: true,
  snapshotMaxObjects: true,
  snapshotRate: true,
  redact: true,
  privacy: true,
  redactionRules: true,
  timeout: true,
  maxResultSize: true,
  aggregatorResources: true,
  maxNodesAtOnce: true,
  storageClass: true,
  storageSize: true,
  image: true,
  imagePullPolicy: true,
  forceImagePullPolicy: true,
  imagePullSecret: true,
  registryMirror: true,
  permissions: true,
  aggregatorPermissions: true,
  serviceAccountName: true,
  existingServiceAccount: true,
  rbac: true,
  annotation: true,
  securityContextMode: true,
  podSecurity: true,
  nodeSelector: true,
  aggregatorNodeSelector: true,
  toleration: true,
  priorityClass: true,
  skipPreflight: true,
  dnsNamespace: true,
  dnsPodLabels: true,
  namespace: true,
  config: true,
};

test("the flags that the code knows are the options that people have", () => {
  assert.deepEqual([...new Set(runOptions.map((option) => option.attributeName()))].toSorted(), Object.keys(known).toSorted());
});

test("no option has the name of another", () => {
  const names = runOptions.flatMap(({ short, long }) => [short, long]).filter((name) => name !== undefined);
  assert.deepEqual(names, [...new Set(names)]);
});

test("what may be repeated takes several values", () => {
  const several = runOptions.filter(({ flags }) => /[^,]\.\.\.[>\]]/.test(flags));
  assert.ok(several.length > 5);
  for (const { flags, variadic } of several) assert.ok(variadic, flags);
});
