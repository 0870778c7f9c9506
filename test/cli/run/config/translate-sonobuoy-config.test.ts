import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertGolden } from "../../../golden.ts";
import { readLine, refuseFile } from "./config-line.ts";

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, "../../../fixtures/config", name), "utf8");

for (const name of ["sonobuoy-v0.53", "sonobuoy-v0.57.5-every-field"])
  test(`${name}.json becomes flags of ours, and a note tells of every field that doesn't`, async () => {
    const { flags, notes } = await readLine(["--config", "config.json"], { "config.json": fixture(`${name}.json`) });
    const { config: _config, ...others } = flags;
    assertGolden(`cli/config/${name}.txt`, `${JSON.stringify(others, null, 2)}\n\n${notes}`);
  });

test("every field of the whole file has become a flag or a note, unless it says nothing", async () => {
  const whole = JSON.parse(fixture("sonobuoy-v0.57.5-every-field.json")) as Readonly<Record<string, unknown>>;
  for (const [field, value] of Object.entries(whole).filter(([name, given]) => given !== "" && given !== false && name !== "Server")) {
    const { flags, notes } = await readLine(["--config", "f"], { f: JSON.stringify({ Namespace: "n", [field]: value }) });
    const usual = await readLine(["--config", "f"], { f: '{"Namespace":"n"}' });
    assert.ok(notes.includes(`${field}: `) || new RegExp(`\\b${field},`).test(notes) || JSON.stringify(flags) !== JSON.stringify(usual.flags), field);
  }
});

const meanings: readonly (readonly [config: object, flags: Readonly<Record<string, unknown>>, notes: RegExp])[] = [
  [{ AggregatorPermissions: "clusterAdmin" }, { permissions: undefined }, /only if --permissions admin is given/],
  [{ AggregatorPermissions: "namespaceAdmin" }, { permissions: "none" }, /plugins get no rights/],
  [{ NamespacePSAEnforceLevel: "privileged" }, { podSecurity: undefined }, /unless --pod-security privileged is given/],
  [{ SecurityContextMode: "anything" }, { securityContextMode: "nonroot" }, /^/],
  [{ ServiceAccountName: "sonobuoy-serviceaccount" }, { serviceAccountName: undefined }, /^/],
  [
    { E2EDockerConfigFile: "c.json", ImagePullSecrets: "auth-repo-cred" },
    { e2eDockerConfigFile: "c.json", imagePullSecret: undefined },
    /ImagePullSecrets: the Secret is made/,
  ],
  [{ Plugins: null }, { plugin: undefined }, /Plugins: without names there asdic's own plugins run/],
  [{ Plugins: [{ name: "e2e" }, { name: "mine" }] }, { plugin: ["e2e", "mine"] }, /^$/],
  [{ Server: { timeoutseconds: 0 }, Plugins: [{ name: "e2e" }] }, { timeout: "0" }, /^$/],
  [{ AggregatorTolerations: [{ key: "a", operator: "Exists" }, { key: "b" }] }, { toleration: ["a", "b="] }, /AggregatorTolerations: Job plugins/],
  [{ namespace: "lower", QPS: 1 }, { namespace: "lower" }, /QPS: --snapshot-rate says it/],
];
for (const [config, expected, note] of meanings)
  test(`${JSON.stringify(config)} means the same here, or a note says why not`, async () => {
    const read = await readLine(["--config", "f"], { f: JSON.stringify(config) });
    const flags: Readonly<Record<string, unknown>> = read.flags;
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, flags[name]])), expected);
    assert.match(read.notes, note);
  });

const refused: readonly (readonly [text: string, says: string])[] = [
  ['{"SkipPlugins": true}', "file:1:2: SkipPlugins: a run without plugins is not possible here; leave it out, and name those to run with --plugin."],
  ['{"Plugins": []}', "file:1:2: Plugins: a run without plugins is not possible here; leave it out, and name those to run with --plugin."],
  ['{"UUID": "a", "Namespce": "b"}', "file:1:15: Namespce: is no field of Sonobuoy's config; did you mean Namespace?"],
  ['{"Server": {\n  "bindadress": "b"}}', "file:2:3: Server.bindadress: is no field of Sonobuoy's config; did you mean Server.bindaddress?"],
  ['{"QPS": 1, "Namespace": 5}', "file:1:12: Namespace: is 5, which Sonobuoy doesn't take there either."],
  ['{"AggregatorPermissions": "root"}', 'file:1:2: AggregatorPermissions: is "root", which Sonobuoy doesn\'t take there either.'],
  ['{"QPS": 1, "Server": 5}', "file:1:12: Server: must be a mapping."],
  ['{"QPS": 1, "plugin": ["a"]}', "file:1:12: plugin: is no field of Sonobuoy's config; did you mean Plugins?"],
];
for (const [text, says] of refused) test(`${text} is refused by its place`, async () => assert.equal(await refuseFile(text), says));
