import { stringify } from "yaml";
import type { Random } from "../../faults/random/random.ts";
import type { Json, JsonObject } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import type { Wrapped } from "./wrap-file.ts";

/** Writes an object as kubectl, controllers, snapshots and logs do. */
export function writeObject(random: Random, object: JsonObject): Wrapped {
  const encoding = random.pick(encodings);
  const [name, text] = forms[encoding](object);
  return { name, content: Buffer.from(text), encoding };
}

const list = (object: JsonObject): Json => ({ apiVersion: "v1", kind: "List", metadata: { resourceVersion: "" }, items: [object] });

const applied = (object: JsonObject): JsonObject => {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...(isJsonObject(metadata) ? metadata : {}),
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": `${JSON.stringify(object)}\n` },
    },
  };
};

const forms = {
  YAML: (object) => ["manifests/object.yaml", stringify(object, { lineWidth: 0 })],
  "YAML, folded": (object) => ["manifests/object.yaml", stringify(object, { lineWidth: 80 })],
  "documents of YAML": (object) => [
    "manifests/all.yaml",
    `---\n${stringify({ apiVersion: "v1", kind: "Namespace", metadata: { name: "team-a" } })}---\n${stringify(object, { lineWidth: 0 })}`,
  ],
  "list in YAML": (object) => ["objects/list.yaml", stringify(list(object), { lineWidth: 0 })],
  JSON: (object) => ["objects/object.json", JSON.stringify(object, null, 4)],
  "list in JSON": (object) => ["resources/ns/team-a/objects.json", JSON.stringify(list(object))],
  "array in JSON": (object) => ["resources/ns/team-a/objects.json", JSON.stringify([object], null, 2)],
  "applied, in JSON": (object) => ["resources/ns/team-a/objects.json", JSON.stringify(list(applied(object)))],
  "applied, in YAML": (object) => ["objects/object.yaml", stringify(applied(object), { lineWidth: 0 })],
  "lines of JSON": (object) => ["audit/objects.ndjson", `${JSON.stringify({ type: "ADDED", object })}\n${JSON.stringify({ type: "MODIFIED", object })}\n`],
  "JSON in a log": (object) => [
    "podlogs/team-a/operator/logs/manager.txt",
    `I1122 10:11:12.131415       1 reconcile.go:88] "applying" object=${JSON.stringify(JSON.stringify(object))}\n`,
  ],
  "YAML in a log": (object) => [
    "podlogs/team-a/helm/logs/helm.txt",
    `2026-11-22T10:11:12Z DEBUG rendering:\n${stringify(object, { lineWidth: 0 })}2026-11-22T10:11:13Z INFO done\n`,
  ],
} satisfies Readonly<Record<string, (object: JsonObject) => readonly [name: string, text: string]>>;

type Encoding = keyof typeof forms;

const encodings: readonly Encoding[] = [
  "YAML",
  "YAML",
  "YAML, folded",
  "documents of YAML",
  "list in YAML",
  "JSON",
  "list in JSON",
  "list in JSON",
  "array in JSON",
  "applied, in JSON",
  "applied, in YAML",
  "lines of JSON",
  "JSON in a log",
  "YAML in a log",
];
