import assert from "node:assert/strict";
import { test } from "node:test";
import { parseManifest } from "../../../../cli/run/manifest/parse-manifest.ts";
import { listRunObjects, renderManifest } from "../../../../cli/run/manifest/render-manifest.ts";
import { isKnownError } from "../../../../core/contract/known-error.ts";
import { assertGolden } from "../../../golden.ts";
import { manifest, objects, plan } from "./manifest.ts";

const parse = (text: string) => parseManifest({ text, source: "run.yaml" });

test("what gen prints is read as the run that it was", () => {
  const parsed = parse(manifest);
  assert.deepEqual(parsed.objects, objects);
  assert.deepEqual(parsed.plan.spec, plan.spec);
  assert.deepEqual(parsed.plan.definitions, plan.definitions);
});

test("edits stay, the Namespace may be left out, documents may be JSON, empty or in another order", () => {
  const edited = manifest.replace("memory: 96Mi", "memory: 128Mi").replace("automountServiceAccountToken: false", "automountServiceAccountToken: false # mine");
  assert.match(JSON.stringify(parse(edited).objects.aggregator), /"memory":"128Mi"/);
  const all = listRunObjects(objects);
  assert.equal(parse(renderManifest(all.filter(({ kind }) => kind !== "Namespace"))).objects.namespace, undefined);
  const json = all.toReversed().map((object) => `---\n# a comment\n---\n${JSON.stringify(object)}\n`);
  assert.deepEqual(parse(json.join("")).objects.lock, objects.lock);
});

const insert = (text: string) => `${manifest}---\n${text}`;
const labelled = (kind: string, more = ""): string => `kind: ${kind}\nmetadata: {name: x, namespace: asdic, labels: {asdic.dev/run: abcd1234}${more}}\n`;
const replace = (from: string | RegExp, to: string): string => {
  const changed = manifest.replace(from, to);
  assert.notEqual(changed, manifest, `${String(from)} is not there`);
  return changed;
};

const refused: readonly (readonly [what: string, text: string])[] = [
  ["empty", "---\n# nothing\n"],
  ["no object", "- a\n---\nb\n---\nkind: 5\nmetadata: {name: '', labels: {a: 1}, annotations: [b]}\n"],
  ["no YAML", replace("kind: Lease", "kind: [")],
  ["no run", `apiVersion: v1\n${labelled("ConfigMap")}`],
  ["other kinds", insert(`apiVersion: v1\n${labelled("Pod")}---\napiVersion: apps/v1beta1\n${labelled("Deployment")}`)],
  [
    "somebody else's",
    insert(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: theirs, namespace: kube-system}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: other, labels: {asdic.dev/run: abcd1234}}\n",
    ),
  ],
  ["twins", insert(`apiVersion: v1\n${labelled("Secret").replace("name: x", "name: asdic-token")}`)],
  ["missing parts", renderManifest([objects.lock])],
  ["specification", replace('"runTimeoutSeconds":21600', '"runTimeoutSeconds":"long"').replace('"plugins":[', '"plugins":[5,')],
  ["specification is no JSON", replace(`spec.json: '{"wireVersion"`, `spec.json: '{wireVersion`)],
  ["specification of another namespace", replace('"namespace":"asdic"', '"namespace":"other"')],
  [
    "definitions",
    replace('"driver":"DaemonSet"', '"driver":"Always"')
      .replace('"name":"plain","driver"', '"name":"Plain","driver"')
      .replace(`definition.json: '{"dialect":"asdic/v1","name":"smoke"`, `definition.json: '{"name":`),
  ],
  ["definition of another", replace('"name":"plain","driver"', '"name":"plane","driver"')],
  ["plugin without a definition", replace('"plugins":["', '"plugins":["absent","')],
];
for (const [what, text] of refused)
  test(`${what}: a manifest is refused with the lines where it can't be right`, () => {
    assert.throws(
      () => parse(text),
      (error) => {
        assert.ok(isKnownError(error) && error.exitCode === 2, String(error));
        assertGolden(`cli/gen/manifest/${what.replaceAll(/\W+/g, "-")}.txt`, `${error.message}\n`);
        return true;
      },
    );
  });

test("a manifest of another version of the wire is told apart from a broken one", () => {
  assert.throws(
    () => parse(replace('"wireVersion":"1.0"', '"wireVersion":"2.1"')),
    (error) =>
      isKnownError(error) && error.code === "wire-version" && /^run\.yaml:\d+: this manifest is by asdic 1\.2\.3 \(wire version 2\.1\)/.test(error.message),
  );
});

test("Sonobuoy's manifest is answered with the command that makes the same run", () => {
  const plugin = (name: string): string => `    sonobuoy-config: {driver: Job, plugin-name: ${name}}\n    spec: {image: x}\n`;
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: sonobuoy-config-cm, namespace: sonobuoy}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: sonobuoy-plugins-cm, namespace: sonobuoy}\ndata:\n  plugin-0.yaml: |\n${plugin("e2e")}  plugin-1.yaml: |\n${plugin("mine")}---\napiVersion: v1\nkind: Pod\nmetadata: {name: sonobuoy}\n`;
  assert.throws(
    () => parse(text),
    (error) => {
      assert.ok(isKnownError(error));
      assert.match(error.message, /^run\.yaml:1: this is Sonobuoy's manifest \(ConfigMap sonobuoy-config-cm\)/);
      assert.match(error.hint ?? "", /asdic run -p e2e -p mine\.yaml --permissions admin\. Put the text of plugin-1\.yaml into mine\.yaml first\./);
      return true;
    },
  );
});
