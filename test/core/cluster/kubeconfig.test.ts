import assert from "node:assert/strict";
import { chmod, mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { loadYaml } from "@kubernetes/client-node";
import { chooseContext } from "../../../core/cluster/kubeconfig.ts";
import { readKubeconfigFiles } from "../../../core/cluster/kubeconfig-files.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { writeFolder } from "./api-server.ts";

const one = `
apiVersion: v1
kind: Config
clusters:
- name: near
  cluster: {server: "https://near:6443/", certificate-authority: pki/ca.crt}
contexts:
- name: near
  context: {cluster: near, user: jane, namespace: team}
- name: broken
  context: {cluster: nowhere, user: jane}
- name: userless
  context: {cluster: near}
- name: ghost
  context: {cluster: near, user: ghost}
users:
- name: jane
  user: {client-certificate: jane.crt, client-key: /abs/jane.key, exec: {command: bin/login}}
`;
const two = `
current-context: far
clusters:
- name: far
  cluster: {server: "https://far:6443"}
- name: near
  cluster: {server: "https://shadowed:6443"}
contexts:
- name: far
  context: {cluster: far, user: jane}
- name: near
  context: {cluster: far, user: jane}
users:
- name: jane
  user: {token: shadowed}
`;
const folder = await writeFolder({
  one,
  two,
  empty: "",
  comment: "# nothing\n\n",
  "broken.yaml": "clusters:\n- name: a\n  b: c: d\n",
  list: "- a\n",
  "no-list": "clusters: {}\ncontexts: 7\ncurrent-context: x\n",
});
const path = (name: string): string => join(folder, name);
const list = (...names: readonly string[]): string => names.map(path).join(delimiter);
const home = path("home");
await mkdir(join(home, ".kube"), { recursive: true });

const choose = async (environment: NodeJS.ProcessEnv, options: { kubeconfig?: string; context?: string } = {}) =>
  chooseContext((await readKubeconfigFiles({ environment: { HOME: home, ...environment }, ...options }, loadYaml)).files, options);

async function refuse(promise: Promise<unknown>, message: string | RegExp, hint = /./) {
  await assert.rejects(promise, (error) => {
    assert.ok(isKnownError(error));
    assert.equal(error.code, "invalid-kubeconfig");
    if (typeof message === "string") assert.equal(error.message, message);
    else assert.match(error.message, message);
    assert.match(error.hint ?? "x", hint);
    return true;
  });
}

test("--kubeconfig beats KUBECONFIG", async () => {
  assert.equal((await choose({ KUBECONFIG: path("one") }, { kubeconfig: path("two") })).name, "far");
});

test("the files of KUBECONFIG are merged, and the first to name a thing wins", async () => {
  const chosen = await choose({ KUBECONFIG: list("one", "two") });
  assert.equal(chosen.name, "far", "the only current-context is the second file's");
  assert.deepEqual(chosen.user["client-key"], "/abs/jane.key", "jane is the first file's");
  assert.equal((await choose({ KUBECONFIG: list("one", "two") }, { context: "near" })).cluster.server, "https://near:6443");
});

test("missing and empty files of KUBECONFIG are passed over", async () => {
  assert.equal((await choose({ KUBECONFIG: list("missing", "empty", "comment", "two") })).name, "far");
  const { files, lookedFor } = await readKubeconfigFiles({ environment: { KUBECONFIG: list("missing") } }, loadYaml);
  assert.deepEqual([files, lookedFor], [[], `KUBECONFIG names ${path("missing")}`]);
});

test("paths are meant from where their file is, and the slash at the server's end goes", async () => {
  const { cluster, user, namespace } = await choose({ KUBECONFIG: path("one") }, { context: "near" });
  assert.deepEqual(
    [cluster.server, cluster["certificate-authority"], user["client-certificate"], user["client-key"], user["exec"], namespace],
    ["https://near:6443", path("pki/ca.crt"), path("jane.crt"), "/abs/jane.key", { command: path("bin/login") }, "team"],
  );
});

test("a context may name no user", async () => {
  assert.deepEqual((await choose({}, { kubeconfig: path("one"), context: "userless" })).user, {});
});

test("what is wrong is said with the file and what there is instead", async () => {
  await refuse(choose({}, { kubeconfig: path("missing") }), `There is no kubeconfig ${path("missing")}.`, /--kubeconfig/);
  await refuse(
    choose({}, { kubeconfig: path("one"), context: "prod" }),
    `There is no context "prod" in ${path("one")}; there are: near, broken, userless, ghost.`,
    /--context/,
  );
  await refuse(choose({}, { kubeconfig: path("one") }), `${path("one")} says no current-context.`, /--context; there are: near, /);
  await refuse(choose({}, { kubeconfig: path("one"), context: "broken" }), `Context "broken" names the cluster "nowhere", which is not in ${path("one")}.`);
  await refuse(choose({}, { kubeconfig: path("one"), context: "ghost" }), `Context "ghost" names the user "ghost", which is not in ${path("one")}.`);
  await refuse(choose({}, { kubeconfig: path("list") }), `${path("list")} is no kubeconfig: a mapping is needed.`);
  await refuse(choose({}, { kubeconfig: path("no-list") }), `${path("no-list")}: contexts is no list.`);
});

test("broken YAML is told with file and line, without quoting the file, where secrets are", async () => {
  await refuse(choose({}, { kubeconfig: path("broken.yaml") }), `${path("broken.yaml")}, line 3: bad indentation of a mapping entry.`, /YAML/);
});

test("a file that cannot be read is told with the reason", { skip: process.getuid?.() === 0 && "root may read everything" }, async () => {
  await chmod(path("empty"), 0);
  await refuse(choose({}, { kubeconfig: path("empty") }), /EACCES/);
});

test("a folder in place of a file is told", async () => {
  await refuse(choose({}, { kubeconfig: home }), `The kubeconfig ${home} cannot be read (EISDIR).`);
});

for (const [server, words] of [
  ["", "has no server"],
  ["near:6443", `has the server "near:6443", which is no http or https address`],
  ["ftp://near", `has the server "ftp://near", which is no http or https address`],
] as const)
  test(`a cluster that ${words} is refused`, async () => {
    const files = [
      { path: "f", content: { "current-context": "a", contexts: [{ name: "a", context: { cluster: "a" } }], clusters: [{ name: "a", cluster: { server } }] } },
    ];
    assert.throws(() => chooseContext(files), { message: `f: cluster "a" ${words}.` });
  });
