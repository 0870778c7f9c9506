import type { JsonObject } from "./json.ts";

/** Of each field of a plugin file what a person should know, and where zod's JSON Schema says too little, what it is to say instead; `*` stands for the items of a list. An empty list removes a keyword. */
export const fieldNotes: { readonly [path: string]: { readonly description?: string } & JsonObject } = {
  apiVersion: { description: "asdic/v1. Without it the file is of Sonobuoy's format, with Sonobuoy's defaults: its account, and for DaemonSets the host." },
  "sonobuoy-config": { description: "How the plugin is run, and how its results are read.", required: ["driver", "plugin-name"] },
  "sonobuoy-config.driver": {
    description: "Job: once in the cluster. DaemonSet: on every node.",
    enum: [],
    anyOf: [{ enum: ["Job", "DaemonSet"] }, { pattern: anyCase(["job", "daemonset"]) }],
  },
  "sonobuoy-config.plugin-name": {
    description: "Its name in flags, paths and the names of pods, which show 30 characters of it.",
    not: { enum: ["sonobuoy", "asdic"] },
  },
  "sonobuoy-config.result-format": {
    description: "How its files are read: junit or e2e (the same), gojson (`go test -json`), manual (Sonobuoy's YAML tree), raw (not at all; the default).",
    enum: [],
    type: ["string", "null"],
    anyOf: [{ enum: ["junit", "e2e", "gojson", "manual", "raw"] }, { pattern: `${anyCase(["junit", "e2e", "gojson", "manual", "raw"])}|^$` }, { type: "null" }],
  },
  "sonobuoy-config.result-files": {
    description: "Names of the files to read, without folders. Left out: all with the format's suffix (junit .xml, gojson .json, manual .yaml and .yml).",
    anyOf: [],
    type: ["array", "null"],
    items: { type: "string", pattern: "^[^/]*$" },
  },
  "sonobuoy-config.skip-cleanup": { description: "Leave its pods when the run has ended." },
  "sonobuoy-config.order": {
    description: "Plugins of a lower order run first, those of the same order at the same time; 0 if left out.",
    anyOf: [],
    type: ["integer", "null"],
  },
  "sonobuoy-config.description": { description: "One sentence for lists." },
  "sonobuoy-config.source-url": { description: "Where the file is from." },
  spec: {
    description: "The plugin's container, as Kubernetes' pods have it.",
    type: "object",
    required: ["image"],
    properties: { image: {}, name: {}, command: {}, args: {}, env: {}, resources: {}, securityContext: {}, volumeMounts: {} },
  },
  "spec.image": { description: "The container's image; $SONOBUOY_K8S_VERSION in it is replaced by the server's version.", type: "string", minLength: 1 },
  "spec.name": { description: "The container's name; the plugin's if left out.", type: "string" },
  "spec.command": {
    description: "The program with its first arguments; the image's entry point if left out.",
    type: ["array", "null"],
    items: { type: "string" },
  },
  "spec.args": { description: "Arguments; the image's if both this and command are left out.", type: ["array", "null"], items: { type: "string" } },
  "spec.env": { description: "Variables, beside SONOBUOY_RESULTS_DIR and the like, which are always set.", type: ["array", "null"], items: variable() },
  "spec.resources": { description: "requests and limits of cpu and memory.", type: ["object", "null"] },
  "spec.securityContext": { description: "User, capabilities and the like.", type: ["object", "null"] },
  "spec.volumeMounts": {
    description: "Mounts of the pod's volumes; the folder for results is mounted anyway.",
    type: ["array", "null"],
    items: { type: "object" },
  },
  podSpec: {
    description: "The pod around the container; asdic only adds to it. Left out, asdic/v1 gets a restricted one and Sonobuoy's format Sonobuoy's.",
    anyOf: [],
    type: ["object", "null"],
  },
  "extra-volumes": { description: "Volumes that are added to the pod's.", anyOf: [], type: ["array", "null"], items: { type: "object" } },
  "config-map": { description: "Files for the container, by name, at /tmp/sonobuoy/config." },
  timeout: { description: "Seconds; then what has been written is the result. One hour if left out." },
  "early-cleanup": { description: "Remove its pods as soon as their results are accepted, though a lost aggregator then takes those along." },
  permissions: { description: "What the plugin's own account may do; nothing if left out." },
  "permissions.namespace": { description: "Rules for the run's namespace." },
  "permissions.cluster": { description: "Rules for the whole cluster." },
  ...rules("permissions.namespace.*"),
  ...rules("permissions.cluster.*"),
  needs: { description: "Plugins that must have ended before this one begins; their results are mounted for it to read." },
  "needs.*": { type: ["string", "object"], minLength: 1 },
  "needs.*.plugin": { description: "The other plugin's name." },
  "needs.*.required": { description: "Whether this plugin is skipped if the other one delivered nothing; true if left out." },
  secrets: { description: "Values that a run is given apart from this file, and where the container finds them." },
  "secrets.*": { oneOf: [{ required: ["env"] }, { required: ["file"] }] },
  "secrets.*.name": { description: "The name by which a run is given the value." },
  "secrets.*.env": { description: "The variable that holds it." },
  "secrets.*.file": { description: "The absolute path of the file that holds it." },
};

/** A pattern for any of these words in any case. */
function anyCase(words: readonly string[]): string {
  const letters = (word: string): string => word.replaceAll(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
  return `^(?:${words.map(letters).join("|")})$`;
}

function variable(): JsonObject {
  return { type: "object", required: ["name"], properties: { name: { type: "string" }, value: { type: ["string", "null"] } } };
}

function rules(path: string): typeof fieldNotes {
  return {
    [`${path}.apiGroups`]: { description: 'API groups; "" is the core group.' },
    [`${path}.resources`]: { description: "Resources in the plural, e.g. pods or pods/log." },
    [`${path}.resourceNames`]: { description: "Only the objects with these names." },
    [`${path}.nonResourceURLs`]: { description: "Paths of the API server, e.g. /readyz." },
    [`${path}.verbs`]: { description: "What it may do with them: get, list, watch, create…" },
  };
}
