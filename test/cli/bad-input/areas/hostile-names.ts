import type { Area } from "../bad-case.ts";

/** Steers a terminal, begins a line of its own, and turns the writing direction. */
const evil = "a\u001B[2J\nFORGED\u202Eb";
const plugin = (name: string): string => `sonobuoy-config:\n  driver: Job\n  plugin-name: ${JSON.stringify(name)}\nspec:\n  image: x\n`;

/** Names of files, plugins and objects that somebody chose to deceive. */
export const hostileNames: Area = {
  name: "hostile-names",
  files: {
    [`${evil}.yaml`]: "hello\n",
    "hostile/name.yaml": plugin(evil),
    "hostile/key.yaml": `apiVersion: asdic/v1\n${JSON.stringify(evil)}: 1\n${plugin("mine")}`,
    "hostile/config.yaml": `${JSON.stringify(evil)}: 1\n`,
    "hostile/choice.yaml": `permissions: ${JSON.stringify(evil)}\n`,
    "hostile/manifest.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: asdic-run, namespace: ${JSON.stringify(evil)}}\ndata: {spec.json: ${JSON.stringify(evil)}}\n`,
    "hostile/world.yaml": `apiVersion: v1\nkind: ${JSON.stringify(evil)}\nmetadata: {name: a}\n`,
    "hostile/kubeconfig": `current-context: ${JSON.stringify(evil)}\ncontexts: []\n`,
  },
  cases: [
    { call: ["run", "-p", `${evil}.yaml`], place: "FORGED" },
    { call: ["run", "-p", "hostile/name.yaml"] },
    { call: ["run", "-p", "hostile/key.yaml"] },
    { call: ["run", "-p", evil], place: "FORGED" },
    { call: ["run", "--timeout", evil], place: "FORGED" },
    { call: ["run", evil], place: "FORGED" },
    { call: ["run", `--${evil}`], place: "FORGED" },
    { call: [evil], place: "FORGED" },
    { call: "run --config hostile/config.yaml" },
    { call: "run --config hostile/choice.yaml" },
    { call: "run -f hostile/manifest.yaml" },
    { call: "embedded serve --world hostile/world.yaml" },
    { call: "status --kubeconfig FOLDER/hostile/kubeconfig", place: "hostile/kubeconfig" },
    { call: ["results", evil], place: "FORGED" },
    { call: ["report", `${evil}.yaml`, "-f", "html"], place: "FORGED" },
    { call: ["plugins", "new", evil], place: "FORGED" },
    { call: ["plugins", "uninstall", evil], place: "FORGED" },
    { call: ["plugins", "install", "mine", `${evil}.yaml`], place: "FORGED" },
    { call: ["status", "-n", "there", "-p", evil], place: "FORGED" },
    { call: ["status", "--context", evil], place: "FORGED" },
    { call: ["wait", "-n", "there", "--for", evil], place: "FORGED" },
    { call: ["logs", "-n", "there", "-p", evil], place: "FORGED" },
    { call: ["logs", "-n", evil], place: "FORGED" },
    { call: ["report", "good.tar.gz", "-o", `no-such-folder/${evil}`], place: "FORGED" },
    { call: ["status"], environment: { KUBECONFIG: "/no/such/\u001B[2J" }, place: "/no/such" },
    { call: ["run"], environment: { ASDIC_IMAGE: "\u001B[2J" }, place: "ASDIC_IMAGE" },
  ],
};
