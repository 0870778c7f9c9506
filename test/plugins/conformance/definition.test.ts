import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultPodSpec } from "../../../core/contract/default-pod-spec.ts";
import type { ConformanceOptions } from "../../../plugins/conformance/definition.ts";
import { buildConformance } from "../../../plugins/conformance/definition.ts";

const environment = (options: ConformanceOptions): Record<string, unknown> => {
  const { env } = buildConformance("e2e", options).container;
  assert.ok(Array.isArray(env));
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
};

test("without options it is Sonobuoy's e2e plugin, environment and all", () => {
  const { container, driver, resultFormat, dialect, extraVolumes, configMap } = buildConformance("e2e");
  assert.deepEqual(
    { driver, resultFormat, dialect, extraVolumes, configMap },
    { driver: "Job", resultFormat: "junit", dialect: "sonobuoy", extraVolumes: [], configMap: {} },
  );
  assert.deepEqual(container, {
    name: "e2e",
    image: "registry.k8s.io/conformance:$SONOBUOY_K8S_VERSION",
    imagePullPolicy: "IfNotPresent",
    command: ["/run_e2e.sh"],
    env: [
      { name: "E2E_FOCUS", value: "\\[Conformance\\]" },
      { name: "E2E_SKIP", value: "\\[Disruptive\\]|NoExecuteTaintManager" },
      { name: "E2E_PARALLEL", value: "false" },
      { name: "E2E_USE_GO_RUNNER", value: "true" },
      { name: "E2E_EXTRA_ARGS", value: "--progress-report-url=http://localhost:8099/progress" },
    ],
  });
});

test("its pod runs as Sonobuoy's account on Linux nodes, also on those of the control plane", () => {
  const definition = buildConformance("conformance");
  const spec = { ...defaultPodSpec(definition, {}), ...definition.podSpec };
  assert.equal(spec["serviceAccountName"], "sonobuoy-serviceaccount");
  assert.deepEqual(spec["nodeSelector"], { "kubernetes.io/os": "linux" });
  assert.ok(JSON.stringify(spec["tolerations"]).includes("node-role.kubernetes.io/control-plane"));
});

const cases: readonly (readonly [options: ConformanceOptions, variables: Record<string, string>])[] = [
  [{ tests: { focus: "a", skip: "", parallel: true } }, { E2E_FOCUS: "a", E2E_SKIP: "", E2E_PARALLEL: "true" }],
  [{ repository: "registry.example.test/k8s" }, { KUBE_TEST_REPO: "registry.example.test/k8s" }],
  [{ repositoryList: "gcRegistry: a\n" }, { KUBE_TEST_REPO_LIST: "/tmp/sonobuoy/config/repositories.yaml" }],
  [
    { secrets: { sshKey: true }, sshUser: "core" },
    { LOCAL_SSH_KEY: "/root/.ssh/id_rsa", AWS_SSH_KEY: "/root/.ssh/id_rsa", KUBE_SSH_KEY: "/root/.ssh/id_rsa", KUBE_SSH_USER: "core" },
  ],
  [
    { secrets: { registryCredentials: true } },
    { E2E_EXTRA_ARGS: "--progress-report-url=http://localhost:8099/progress --e2e-docker-config-file=/var/run/secrets/asdic-registry/config.json" },
  ],
];
for (const [options, variables] of cases)
  test(`${JSON.stringify(options)} is said to the suite under Sonobuoy's names`, () =>
    assert.deepEqual({ ...environment(options), ...variables }, environment(options)));

test("files that it reads are mounted, and secret ones can be read by their owner alone", () => {
  const { container, extraVolumes, configMap } = buildConformance("e2e", { repositoryList: "a: b\n", secrets: { sshKey: true, registryCredentials: true } });
  assert.deepEqual(configMap, { "repositories.yaml": "a: b\n" });
  assert.deepEqual(container["volumeMounts"], [
    { name: "asdic-registry", mountPath: "/var/run/secrets/asdic-registry", readOnly: true },
    { name: "asdic-ssh-key", mountPath: "/root/.ssh", readOnly: true },
  ]);
  assert.deepEqual(extraVolumes, [
    { name: "asdic-registry", secret: { secretName: "asdic-registry", defaultMode: 0o400, items: [{ key: ".dockerconfigjson", path: "config.json" }] } },
    { name: "asdic-ssh-key", secret: { secretName: "asdic-ssh-key", defaultMode: 0o400, items: [{ key: "id_rsa", path: "id_rsa" }] } },
  ]);
});

test("an image of one's own takes the place of upstream's", () =>
  assert.equal(buildConformance("e2e", { image: "registry.example.test/suite:1" }).container["image"], "registry.example.test/suite:1"));
