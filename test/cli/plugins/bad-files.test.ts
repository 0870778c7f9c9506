import assert from "node:assert/strict";
import { test } from "node:test";
import { buildPluginsError } from "../../../cli/plugins/problem.ts";
import { readPluginFile } from "../../../cli/plugins/read-plugin-file.ts";

const good = "sonobuoy-config:\n  driver: Job\n  plugin-name: a\nspec:\n  image: x\n";

const cases: readonly { readonly what: string; readonly text: string; readonly lines: readonly string[] }[] = [
  { what: "is empty", text: "", lines: ["p.yaml: is empty, so it is no plugin"] },
  { what: "has only comments", text: "---\n# nothing\n", lines: ["p.yaml: is empty, so it is no plugin"] },
  { what: "is a text", text: "hello\n", lines: ["p.yaml:1: is no plugin definition: a mapping with sonobuoy-config and spec is needed"] },
  { what: "is a list", text: "\n- a\n", lines: ["p.yaml:2: is no plugin definition: a mapping with sonobuoy-config and spec is needed"] },
  {
    what: "is something else of Kubernetes'",
    text: "apiVersion: v1\nkind: Pod\nspec:\n  containers: []\n",
    lines: ["p.yaml:3: spec.image: an image is needed", "p.yaml:1: sonobuoy-config: sonobuoy-config is needed"],
  },
  {
    what: "has several things wrong",
    text: "sonobuoy-config:\n  driver: Foo\n  plugin-name: X\n  result-format: xml\nspec:\n  env:\n  - {name: a, value: 5}\n",
    lines: [
      "p.yaml:5: spec.image: an image is needed",
      "p.yaml:2: sonobuoy-config.driver: must be Job or DaemonSet",
      "p.yaml:3: sonobuoy-config.plugin-name: must be lower-case letters, digits, '-' and '.', and begin and end with a letter or digit",
      "p.yaml:4: sonobuoy-config.result-format: must be junit, e2e, gojson, raw or manual",
      "p.yaml:7: spec.env.0.value: must be text; put it in quotes",
    ],
  },
  {
    what: "takes a reserved name",
    text: good.replace("plugin-name: a", "plugin-name: sonobuoy"),
    lines: ["p.yaml:3: sonobuoy-config.plugin-name: is reserved"],
  },
  {
    what: "has too long a name",
    text: good.replace("plugin-name: a", `plugin-name: ${"a".repeat(64)}`),
    lines: ["p.yaml:3: sonobuoy-config.plugin-name: is longer than 63 characters"],
  },
  { what: "has no name", text: good.replace("  plugin-name: a\n", ""), lines: ["p.yaml:1: sonobuoy-config.plugin-name: a name is needed"] },
  {
    what: "names result files in folders",
    text: good.replace("plugin-name: a", "plugin-name: a\n  result-files:\n  - ok.xml\n  - a/b.xml"),
    lines: ["p.yaml:6: sonobuoy-config.result-files.1: must be a file name without folders"],
  },
  {
    what: "has a yes for a variable",
    text: `${good}  env:\n  - name: A\n    value: yes\n`,
    lines: ["p.yaml:8: spec.env.0.value: must be text; put it in quotes"],
  },
  {
    what: "has a number for a sidecar's variable",
    text: `${good}podSpec:\n  containers:\n  - env:\n    - name: A\n      value: 1\n`,
    lines: ["p.yaml:10: podSpec.containers.0.env.0.value: must be text; put it in quotes"],
  },
  {
    what: "of Sonobuoy's format has what only ours can have",
    text: `${good}timeout: 5\nneeds: [b]\nsecrets: [{name: key, env: KEY}]\n`,
    lines: ["timeout", "needs", "secrets"].map((key, index) => `p.yaml:${6 + index}: ${key}: is known only in files that begin with \`apiVersion: asdic/v1\``),
  },
  {
    what: "needs what can't be needed",
    text: `apiVersion: asdic/v1\n${good}needs:\n- b\n- a\n- b\n- plugin: c\n  requird: false\n- 7\n- plugin: ""\n`,
    lines: [
      "p.yaml:12: needs.3.requird: is no field of asdic/v1; did you mean required?",
      "p.yaml:13: needs.4: must be the name of a plugin, or a mapping with `plugin` and `required`",
      "p.yaml:14: needs.5.plugin: the name of a plugin is needed",
    ],
  },
  {
    what: "needs itself, another twice, and an order besides",
    text: `apiVersion: asdic/v1\n${good.replace("plugin-name: a", "plugin-name: a\n  order: 2")}needs:\n- b\n- a\n`,
    lines: [
      "p.yaml:10: needs.1: a plugin can't need itself",
      "p.yaml:5: sonobuoy-config.order: a plugin with `needs` waits for these, and has no order beside them",
    ],
  },
  {
    what: "needs another twice",
    text: `apiVersion: asdic/v1\n${good}needs: [b, b]\n`,
    lines: ['p.yaml:7: needs.1: names "b" a second time'],
  },
  {
    what: "has secrets that no container can have",
    text: `apiVersion: asdic/v1\n${good}secrets:\n- {name: a.b, env: 1X}\n- {name: c}\n- {name: d, env: D, file: /d}\n- {name: e, file: /etc/../e}\n- {name: f, file: e:f}\n`,
    lines: [
      "p.yaml:8: secrets.0.name: must be letters, digits, '-' and '_', at most 63 of them",
      "p.yaml:8: secrets.0.env: must be a variable's name: letters, digits and '_'",
      "p.yaml:9: secrets.1: one of `env` and `file` is needed, to say where the container finds it",
      "p.yaml:10: secrets.2: one of `env` and `file` is needed, to say where the container finds it",
      "p.yaml:11: secrets.3.file: must be the absolute path of a file, without '..' and ':'",
      "p.yaml:12: secrets.4.file: must be the absolute path of a file, without '..' and ':'",
    ],
  },
  {
    what: "has secrets in each other's place, or where the results are",
    text: `apiVersion: asdic/v1\n${good}  env: [{name: TAKEN, value: "1"}, {name: RESULTS_DIR, value: /out//}]\nsecrets:\n- {name: a, env: A}\n- {name: b, env: A}\n- {name: c, env: TAKEN}\n- {name: d, file: /out/d}\n- {name: e, file: /tmp/sonobuoy/results/e}\n`,
    lines: [
      "p.yaml:10: secrets.1.env: A is the place of another secret already",
      "p.yaml:11: secrets.2.env: TAKEN is set in spec.env too",
      "p.yaml:12: secrets.3.file: is in the folder of the results, which go into the tarball",
      "p.yaml:13: secrets.4.file: is in the folder of the results, which go into the tarball",
    ],
  },
  { what: "says the same twice", text: `${good}spec:\n  image: y\n`, lines: ["p.yaml:6: is no YAML: Map keys must be unique"] },
  {
    what: "is broken off",
    text: "sonobuoy-config: {driver: Job\n",
    lines: ["p.yaml:2: is no YAML: Flow map in block collection must be sufficiently indented and end with a }"],
  },
  {
    what: "holds two plugins",
    text: `${good}---\n${good}`,
    lines: ["p.yaml:6: begins a second document, and a file holds one plugin; put it into a file of its own"],
  },
  {
    what: "is a bomb of aliases",
    text: `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
    lines: ["p.yaml:1: its anchors and aliases can't be resolved: Excessive alias count indicates a resource exhaustion attack"],
  },
  { what: "refers to an anchor that isn't there", text: `${good}podSpec: *none\n`, lines: ["p.yaml:6: *none refers to an anchor that is not there before it"] },
  { what: "is nested without end", text: "[".repeat(50_000), lines: ["p.yaml:1: is nested too deeply"] },
  {
    what: "is ours and has keys that we don't know",
    text: `apiVersion: asdic/v1\nneed: [b]\n${good.replace("plugin-name: a", "plugin-name: a\n  name: b")}`,
    lines: ["p.yaml:6: sonobuoy-config.name: is no field of asdic/v1", "p.yaml:2: need: is no field of asdic/v1; did you mean needs?"],
  },
];

for (const { what, text, lines } of cases)
  test(`a plugin file that ${what} is refused, by line and path`, () => {
    const read = readPluginFile({ text, source: "p.yaml" });
    assert.ok("problems" in read);
    assert.deepEqual(buildPluginsError(read.problems).message.split("\n").slice(1), lines);
  });

test("a line is found through aliases, and the nearest one above stands for what isn't there", () => {
  const text = "x: &config\n  driver: Job\n  plugin-name: B\nsonobuoy-config: *config\nspec:\n  image: x\n  name: c\n";
  const read = readPluginFile({ text, source: "p.yaml" });
  assert.deepEqual("problems" in read && read.problems.map(({ line, path }) => [line, path]), [[3, "sonobuoy-config.plugin-name"]]);
});
