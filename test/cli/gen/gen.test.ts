import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAllDocuments } from "yaml";
import { standardApi } from "../../../cli/gen/standard-api.ts";
import { assertGolden } from "../../golden.ts";
import { createPrinter, renderStable } from "./print.ts";

const asdic = await createPrinter({
  "job.yaml": "sonobuoy-config: { driver: Job, plugin-name: job }\nspec: { image: registry.asdic.test/job:1 }\n",
  "licensed.yaml":
    "apiVersion: asdic/v1\nsonobuoy-config: { driver: Job, plugin-name: licensed }\nsecrets: [{ name: licence, env: LICENCE }]\nspec: { image: registry.asdic.test/licensed:1 }\n",
  "docker.json": '{"auths":{"registry.asdic.test":{"auth":"c2VjcmV0"}}}',
  "licence.txt": "open sesame",
  // Each of them takes six bytes in what kubectl writes.
  "large.yaml": `sonobuoy-config: { driver: Job, plugin-name: large }\nspec: { image: x }\nconfig-map: { page.html: "${"<".repeat(50_000)}" }\n`,
});
const gen = (...words: readonly string[]) => asdic(["gen", "--kubernetes-version", "v1.36.3", ...words]);
const objectsOf = (manifest: string) =>
  parseAllDocuments(manifest).map((document) => document.toJS() as { kind: string; metadata: { name: string }; data?: object });

test("the manifest of the default run begins with its Namespace, ends with its aggregator, and holds neither secrets nor a time", async () => {
  const { stdout, stderr, code } = await gen();
  assert.deepEqual([code, stderr], [0, ""]);
  assertGolden("cli/gen/default.yaml", renderStable(stdout));
  const objects = objectsOf(stdout);
  assert.deepEqual([objects[0]?.kind, objects.at(-1)?.kind], ["Namespace", "Deployment"]);
  for (const { kind, data } of objects) if (kind === "Secret") assert.equal(data, undefined);
  assert.doesNotMatch(stdout, new RegExp(String.raw`${new Date().getFullYear()}-\d\d-\d\dT`));
});

test("the same flags print the same, and others another run; a run id can be given", async () => {
  const { stdout } = await gen("-p", "job.yaml");
  assert.equal((await gen("-p", "job.yaml")).stdout, stdout);
  const idOf = (manifest: string) => /^# Run ([a-z0-9]{8}) of /.exec(manifest)?.[1] ?? assert.fail(manifest);
  assert.notEqual(idOf((await gen("-p", "job.yaml", "--timeout", "1h")).stdout), idOf(stdout));
  assert.equal(idOf((await gen("--run-id", "nightly1")).stdout), "nightly1");
  assert.match((await gen("--run-id", "Nightly")).stderr, /^error: --run-id Nightly: is no run id\.\nUse eight lower-case letters and digits\.\n$/);
});

test("without --with-secrets the commands that make what is secret stand above the manifest, and it is the same run", async () => {
  const words = ["-p", "licensed.yaml", "--image-pull-secret", "pull=docker.json"];
  const without = await gen(...words);
  const within = await gen(...words, "--with-secrets", "--secret", "licensed.licence=licence.txt");
  assertGolden("cli/gen/without-secrets.txt", renderStable(without.stdout.slice(0, without.stdout.indexOf("---\n"))) + without.stderr);
  const [shown, hidden] = [objectsOf(within.stdout), objectsOf(without.stdout)];
  const missing = shown.filter((object) => !hidden.some((other) => JSON.stringify(other) === JSON.stringify(object)));
  assert.deepEqual(
    missing.map(({ kind, metadata }) => `${kind} ${metadata.name}`).toSorted(),
    ["Secret asdic-plugin-licensed", "Secret pull"],
    "only they differ",
  );
  assert.doesNotMatch(without.stdout, /open sesame|b3BlbiBzZXNhbWU|c2VjcmV0/);
  assert.match(within.stdout, /licence: b3BlbiBzZXNhbWU=/);
});

test("--with-secrets needs them", async () => {
  const { code, stderr } = await gen("-p", "licensed.yaml", "--with-secrets");
  assert.equal(code, 2);
  assert.match(stderr, /--secret licensed\.licence: is missing/);
});

test("a plugin that kubectl apply could not make is refused by name, and --server-side takes it", async () => {
  const { code, stderr, stdout } = await gen("-p", "large.yaml");
  assert.deepEqual([code, stdout], [2, ""]);
  assertGolden("cli/gen/too-large.txt", stderr);
  const server = await gen("-p", "large.yaml", "--server-side");
  assert.equal(server.code, 0);
  assert.match(server.stdout, /^# Start it: {2}kubectl apply --server-side -f FILE/m);
});

test("without a cluster and a version it says what would do", async () => {
  const { code, stderr } = await asdic(["gen"]);
  assert.equal(code, 2);
  assert.match(stderr, /FOLDER\/none[\s\S]*\nWithout a cluster: name the version for which the manifest is, e\.g\. --kubernetes-version v1\.36\.3\.\n$/);
});

test("plugins of Sonobuoy's may then read what Kubernetes itself serves, Secrets and what acts apart, and that is told", async () => {
  const { stderr } = await gen("-p", "job.yaml");
  assert.match(stderr, /^note: No cluster was asked, so plugins of Sonobuoy's format may read what Kubernetes itself serves, and no custom resources\.$/m);
  assert.deepEqual(
    standardApi.core.filter((resource) => /secrets|\/(?!log$|status$)/.test(resource)),
    [],
  );
});
