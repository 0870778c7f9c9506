import type { Area } from "../bad-case.ts";

/** The embedded cluster: worlds, ports, kubeconfigs. */
export const embedded: Area = {
  name: "embedded",
  files: {
    "worlds/text.yaml": "hello\n",
    "worlds/syntax.yaml": "kind: [\n",
    "worlds/kind.yaml": "apiVersion: v1\nkind: Frobnicator\nmetadata: {name: a}\n",
    "worlds/no-node.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n",
    "worlds/no-name.yaml": "apiVersion: v1\nkind: Node\nmetadata: {}\n",
    "worlds/field.yaml":
      "apiVersion: v1\nkind: Node\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: default}\nspec: {containers: 5}\n",
    "taken.txt": "mine\n",
  },
  cases: [
    { call: "embedded serve --port none" },
    { call: "embedded serve --port 70000" },
    { call: "embedded serve --port -1" },
    { call: "embedded serve --port PORT", place: "--port" },
    { call: "embedded serve --world no-such.yaml" },
    { call: "embedded serve --world worlds" },
    ...["text", "syntax", "kind", "no-node", "no-name", "field"].map((name) => ({ call: `embedded serve --world worlds/${name}.yaml` })),
    { call: "embedded serve -o taken.txt" },
    { call: "embedded serve -o worlds" },
    { call: "embedded serve -o no-such-folder/kubeconfig" },
    { call: "run --embedded --world no-such.yaml" },
    { call: "run --embedded --world worlds/kind.yaml" },
    { call: "run --embedded -p no-such-plugin" },
    { call: "run --embedded --timeout soon" },
  ],
};
