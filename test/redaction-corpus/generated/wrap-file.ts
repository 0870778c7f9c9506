import { gzipSync } from "node:zlib";
import { stringify } from "yaml";
import type { Random } from "../../faults/random/random.ts";

/** A file as a corpus holds it, and the way it is written there. */
export type Wrapped = { readonly name: string; readonly content: Buffer; readonly encoding: string };

type Wrap = (name: string, text: string) => readonly [name: string, text: string | Buffer];

/** Puts a file where clusters keep files: as it is, in a ConfigMap, in an annotation, in base64, compressed, in a line of a log. */
export function wrapFile(random: Random, name: string, text: string): Wrapped {
  const encoding = random.pick(drawn);
  const [newName, content] = wraps[encoding](name, text);
  return { name: newName, content: Buffer.from(content), encoding };
}

const configMap = (name: string, text: string): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "team-a", labels: { "app.kubernetes.io/name": "settings" } },
  data: { "log-level": "info", [name.replace(/^.*\//, "")]: text },
});

const inAnnotation = (name: string, text: string): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: {
    name: "settings",
    namespace: "team-a",
    annotations: { "kubectl.kubernetes.io/last-applied-configuration": `${JSON.stringify(configMap(name, text))}\n` },
  },
});

const machineConfig = (name: string, text: string, source: string): string =>
  JSON.stringify({
    apiVersion: "machineconfiguration.openshift.io/v1",
    kind: "MachineConfig",
    metadata: { name: "99-worker-files" },
    spec: { config: { ignition: { version: "3.2.0" }, storage: { files: [{ path: `/etc/${name}`, mode: 420, contents: { source: `data:${source}` } }] } } },
  });

const base64 = (text: string | Buffer): string => Buffer.from(text).toString("base64");

const wraps = {
  plain: (name, text) => [name, text],
  crlf: (name, text) => [name, text.replaceAll("\n", "\r\n")],
  "ConfigMap in YAML": (name, text) => ["objects/configmaps.yaml", stringify(configMap(name, text), { lineWidth: 0 })],
  "ConfigMap in JSON": (name, text) => ["objects/configmaps.json", JSON.stringify({ kind: "List", apiVersion: "v1", items: [configMap(name, text)] }, null, 2)],
  "ConfigMap in compact JSON": (name, text) => ["objects/configmaps.json", JSON.stringify({ kind: "List", apiVersion: "v1", items: [configMap(name, text)] })],
  annotation: (name, text) => ["objects/configmaps.json", JSON.stringify({ kind: "List", apiVersion: "v1", items: [inAnnotation(name, text)] })],
  binaryData: (name, text) => [
    "objects/configmaps.yaml",
    stringify(
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "files" }, binaryData: { [name.replace(/^.*\//, "")]: base64(text) } },
      { lineWidth: 0 },
    ),
  ],
  "data URL in base64": (name, text) => ["objects/machineconfigs.json", machineConfig(name, text, `text/plain;charset=utf-8;base64,${base64(text)}`)],
  "data URL": (name, text) => ["objects/machineconfigs.json", machineConfig(name, text, `,${encodeURIComponent(text)}`)],
  "compressed in base64": (name, text) => [
    "user-data",
    `#cloud-config\nwrite_files:\n  - path: /etc/${name}\n    permissions: "0600"\n    encoding: gz+b64\n    content: ${base64(gzipSync(text))}\n`,
  ],
  gzip: (name, text) => [`${name}.gz`, gzipSync(text)],
  "line of a log": (name, text) => [
    "podlogs/team-a/operator/logs/manager.txt",
    `${JSON.stringify({ level: "debug", ts: 1.79e9, msg: "rendered", file: name, content: text })}\n{"level":"info","msg":"done"}\n`,
  ],
} satisfies Readonly<Record<string, Wrap>>;

type Encoding = keyof typeof wraps;

/** What is common is drawn more often. */
const drawn: readonly Encoding[] = [
  ...Array<Encoding>(6).fill("plain"),
  "crlf",
  ...Array<Encoding>(3).fill("ConfigMap in YAML"),
  ...Array<Encoding>(2).fill("ConfigMap in JSON"),
  "ConfigMap in compact JSON",
  "annotation",
  "binaryData",
  "data URL in base64",
  "data URL",
  "compressed in base64",
  "gzip",
  "line of a log",
];
