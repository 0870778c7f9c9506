import type { Area } from "../bad-case.ts";

const good = "sonobuoy-config:\n  driver: Job\n  plugin-name: mine\nspec:\n  image: registry.asdic.test/mine:v1\n";
const ours = (name: string, more: string): string => `apiVersion: asdic/v1\n${good.replace("mine\n", `${name}\n`)}${more}`;

/** Files of plugins, as `-p` takes them. What a file itself may hold wrongly is in test/cli/plugins/bad-files.test.ts. */
export const pluginFiles: Area = {
  name: "plugin-files",
  files: {
    "plugins/empty.yaml": "",
    "plugins/text.yaml": "hello\n",
    "plugins/syntax.yaml": "sonobuoy-config: {driver: Job\n",
    "plugins/tabs.yaml": "sonobuoy-config:\n\tdriver: Job\n",
    "plugins/types.yaml": "sonobuoy-config:\n  driver: Foo\n  plugin-name: X\n  result-format: xml\nspec:\n  env:\n  - {name: a, value: 5}\n",
    "plugins/reserved.yaml": good.replace("plugin-name: mine", "plugin-name: sonobuoy"),
    "plugins/two.yaml": `${good}---\n${good}`,
    "plugins/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: []}\n",
    "plugins/unknown.yaml": ours("mine", "timout: 5\n"),
    "plugins/ours-in-theirs.yaml": `${good}timeout: 5\n`,
    "plugins/version.yaml": `apiVersion: asdic/v2\n${good}`,
    "plugins/good.yaml": good,
    "plugins/twin.yaml": good,
    "plugins/large.yaml": `${good}config-map:\n  big.txt: ${"x".repeat(200_000)}\n`,
    "plugins/huge.yaml": `# ${"x".repeat(2 ** 20)}\n${good}`,
    "plugins/bomb.yaml": "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n",
    "plugins/image.yaml": good.replace("registry.asdic.test/mine:v1", "UPPER/Case:v1"),
    "plugins/one.yaml": ours("one", "needs: [two]\n"),
    "plugins/needs-one.yaml": ours("two", "needs: [one]\n"),
    "plugins/secret.yaml": ours("mine", "secrets: [{name: licence, env: LICENCE}]\n"),
    "plugins/binary.yaml": Buffer.from([0xff, 0xfe, 0, 1, 2]),
    "none/readme.txt": "no plugin\n",
  },
  cases: [
    ...["empty", "text", "syntax", "tabs", "types", "reserved", "two", "pod", "unknown", "ours-in-theirs", "version", "large", "huge", "bomb", "binary"].map(
      (name) => ({ call: `run -p plugins/${name}.yaml` }),
    ),
    { call: "run -p plugins/good.yaml -p plugins/twin.yaml" },
    { call: "run -p plugins/good.yaml@Bad_Name" },
    { call: "run -p plugins/good.yaml@asdic" },
    { call: "run -p plugins/no-such.yaml" },
    { call: "run -p none" },
    { call: "run -p plugins@other", place: "is a folder" },
    { call: "run -p plugins/one.yaml" },
    { call: "run -p plugins/one.yaml -p plugins/needs-one.yaml" },
    { call: "run -p plugins/secret.yaml", place: "--secret mine.licence" },
    { call: "run -p plugins/secret.yaml --secret mine.licence=no-such.key" },
    { call: "run -p plugins/secret.yaml --secret mine.license=licence.key" },
    { call: "run -p plugins/secret.yaml --secret mine.licence=env:NO_SUCH_VARIABLE" },
    { call: "run -p plugins/secret.yaml --secret mine.licence=-", input: "" },
    { call: "run -p plugins/good.yaml --pod-security restricted" },
    { call: "run -p http://127.0.0.1:1/plugin.yaml" },
    { call: "run -p ftp://example.test/plugin.yaml" },
    { call: "plugins show plugins/types.yaml" },
    { call: "plugins show no-such-plugin" },
    { call: "gen -p plugins/large.yaml" },
    { call: "preflight -p plugins/syntax.yaml" },
  ],
};
