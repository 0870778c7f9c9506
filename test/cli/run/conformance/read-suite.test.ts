import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { isJsonObject, type JsonObject } from "../../../../core/contract/json.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { planLine, refuseLine } from "../plan-line.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-"));
after(() => rm(folder, { recursive: true }));
const file = (name: string): string => join(folder, name);
const key = String(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }));
await Promise.all([
  writeFile(file("key"), key),
  writeFile(file("key.pub"), "ssh-ed25519 AAAA me\n"),
  writeFile(file("repositories.yaml"), "gcRegistry: registry.example.test/k8s\n"),
  writeFile(file("broken.yaml"), "a: [\n"),
]);
const suite = ["-p", "conformance", "--permissions", "admin"];

const namesOf = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list.filter(isJsonObject).map(({ name }) => name) : []);
const secret = (parts: readonly JsonObject[], name: string): JsonObject | undefined =>
  parts.find((part) => part["kind"] === "Secret" && field(part, "metadata", "name") === name);

test("a key is a Secret of the run's namespace, encoded once, and only the suite's own container has it", async () => {
  const { objects, pods } = await planLine([...suite, "-n", "nodes", "--ssh-key", file("key"), "--ssh-user", "core"]);
  const made = secret(objects.parts, "asdic-ssh-key");
  assert.equal(field(made, "metadata", "namespace"), "nodes");
  assert.equal(Buffer.from(String(field(made, "data", "id_rsa")), "base64").toString(), key);
  const containers = field(pods["conformance"], "spec", "containers");
  const having = (Array.isArray(containers) ? containers.filter(isJsonObject) : []).filter(({ volumeMounts }) =>
    namesOf(volumeMounts).includes("asdic-ssh-key"),
  );
  assert.deepEqual(
    having.map(({ name }) => name),
    ["conformance"],
  );
  assert.equal(
    objects.parts.some((part) => part["kind"] === "ConfigMap" && JSON.stringify(part).includes("PRIVATE KEY")),
    false,
  );
});

test("credentials are a Secret with which the run's pods are pulled and which the suite reads", async () => {
  const { objects, pods } = await planLine([...suite, "--e2e-docker-config-file", "config.json"]);
  assert.equal(secret(objects.parts, "asdic-registry")?.["type"], "kubernetes.io/dockerconfigjson");
  assert.deepEqual(namesOf(field(pods["conformance"], "spec", "imagePullSecrets")), ["asdic-registry"]);
  assert.deepEqual(namesOf(field(objects.aggregator["spec"], "template", "spec", "imagePullSecrets")), ["asdic-registry"]);
  assert.match(JSON.stringify(pods["conformance"]), /--e2e-docker-config-file=\/var\/run\/secrets\/asdic-registry\/config\.json/);
});

test("a list of registries is a file of the suite's ConfigMap", async () => {
  const { objects } = await planLine([...suite, "--e2e-repo-config", file("repositories.yaml")]);
  const files = objects.parts.find(({ metadata }) => metadata.name === "plugin-conformance-cm");
  assert.deepEqual(files?.["data"], { "repositories.yaml": "gcRegistry: registry.example.test/k8s\n" });
});

test("a version is the suite's image and what plugins are told, whatever the server is", async () => {
  const { pods } = await planLine([...suite, "-p", "job.yaml", "--kubernetes-version", "v1.33.1"]);
  assert.match(JSON.stringify(pods["conformance"]), /"image":"registry\.k8s\.io\/conformance:v1\.33\.1"/);
  assert.match(JSON.stringify(pods["job"]), /"name":"SONOBUOY_K8S_VERSION","value":"v1\.33\.1"/);
});

test("credentials are refused for a suite that is older than they are", async () => {
  assert.match(
    await refuseLine([...suite, "--e2e-docker-config-file", "config.json", "--kubernetes-version", "v1.26.15"]),
    /since Kubernetes 1\.27, and this is v1\.26\.15/,
  );
});

test("everything that is wrong with flags and files is told together, each with its place", async () => {
  const words = [
    "--ssh-key",
    file("key.pub"),
    "--e2e-repo-config",
    file("broken.yaml"),
    "--e2e-docker-config-file",
    "job.yaml",
    "--rerun-failed",
    "gone.tar.gz",
    "--ssh-user",
    "a b",
  ];
  const said = (await refuseLine([...suite, ...words])).replaceAll(folder, "");
  for (const line of [
    /^--ssh-user a b: is no name of a user\.$/m,
    /^.*gone\.tar\.gz: there is no such file\.$/m,
    /^--e2e-repo-config \/broken\.yaml:2:1: is no YAML/m,
    /^--ssh-key \/key\.pub: is a public key; the private one is needed\.$/m,
    /^--e2e-docker-config-file job\.yaml: has no credentials/m,
  ])
    assert.match(said, line);
});
