import { isJsonObject, type Json, type JsonObject } from "../../../core/contract/json.ts";
import type { FlagValue } from "./config-key.ts";

/**
 * What a field of Sonobuoy's config means here: settings of ours by name, with a note where they aren't quite the same; only a note, or why it can't be
 * done. Undefined where the value is of another type than the field.
 */
export type Meaning = { readonly flags?: { readonly [name: string]: FlagValue }; readonly note?: string; readonly problem?: string };
export type SonobuoyField = (value: Json) => Meaning | undefined;

/** Fields of Sonobuoy's config.json (v0.57.5, pkg/config/config.go); those of `Server` have its name before them. */
export const sonobuoyFields: { readonly [field: string]: SonobuoyField } = {
  Description: nothing("what it says is not part of a run here"),
  UUID: nothing("what it says is not part of a run here"),
  Version: nothing("what it says is not part of a run here"),
  ResultsDir: nothing("folders in pods are fixed here"),
  QueryDir: nothing("folders in pods are fixed here"),
  Resources: nothing("what the snapshot holds is said by --snapshot-kinds and the flags beside it; without them there is everything but Secrets"),
  Filters: nothing("what the snapshot holds is said by --snapshot-kinds and the flags beside it; without them there is everything but Secrets"),
  Limits: nothing("what the snapshot holds is said by --snapshot-kinds and the flags beside it; without them there is everything but Secrets"),
  QPS: nothing("--snapshot-rate says it for the snapshot, and others are not limited"),
  Burst: nothing("--snapshot-rate says it for the snapshot, and others are not limited"),
  "Server.bindaddress": nothing("the aggregator's address is fixed here"),
  "Server.bindport": nothing("the aggregator's address is fixed here"),
  "Server.advertiseaddress": nothing("the aggregator's address is fixed here"),
  "Server.timeoutseconds": (value) => (typeof value === "number" ? { flags: { timeout: String(value) } } : undefined),
  Plugins: readPlugins,
  PluginSearchPath: nothing("plugins are files, folders or addresses given by --plugin, or were installed with `asdic plugins install`"),
  Namespace: text("namespace"),
  SkipPlugins: (value) => (typeof value === "boolean" ? { problem: noPlugins } : undefined),
  WorkerImage: nothing("it is Sonobuoy's own image; asdic's is --image"),
  ImagePullPolicy: text("imagePullPolicy"),
  ForceImagePullPolicy: flag("forceImagePullPolicy"),
  ImagePullSecrets: (value) => (typeof value === "string" ? { flags: { imagePullSecret: [value] } } : undefined),
  CustomAnnotations: (value) => {
    const pairs = readTexts(value);
    return (
      pairs && { flags: { annotation: Object.entries(pairs).map(([name, content]) => `${name}=${content}`) }, note: "every pod of the run gets them here" }
    );
  },
  AggregatorPermissions: readPermissions,
  AggregatorTolerations: readTolerations,
  ServiceAccountName: (value) => (value === "sonobuoy-serviceaccount" ? {} : text("serviceAccountName")(value)),
  ExistingServiceAccount: flag("existingServiceAccount"),
  E2EDockerConfigFile: text("e2eDockerConfigFile"),
  NamespacePSAEnforceLevel: (value) =>
    value === "privileged"
      ? { note: "privileged is Sonobuoy's default; the namespace gets the lowest level that the plugins allow, unless --pod-security privileged is given" }
      : text("podSecurity")(value),
  ProgressUpdatesPort: nothing("each plugin is told its own port here, 8099 unless another one has that"),
  SecurityContextMode: (value) => (typeof value === "string" ? { flags: { securityContextMode: value === "none" ? "none" : "nonroot" } } : undefined),
};

/** Whether a config file is Sonobuoy's: its fields begin with capitals, and ours don't. */
export const isSonobuoyConfig = (value: JsonObject): boolean => Object.keys(value).some((name) => Object.hasOwn(sonobuoyFields, name) || name === "Server");

function nothing(reason: string): SonobuoyField {
  return () => ({ note: reason });
}

function text(name: string): SonobuoyField {
  return (value) => (typeof value === "string" ? { flags: { [name]: value } } : undefined);
}

function flag(name: string): SonobuoyField {
  return (value) => (typeof value === "boolean" ? { flags: value ? { [name]: true } : {} } : undefined);
}

const noPlugins = "a run without plugins is not possible here; leave it out, and name those to run with --plugin";

function readPlugins(value: Json): Meaning | undefined {
  if (!Array.isArray(value)) return undefined;
  if (value.length === 0) return { problem: noPlugins };
  const names = value.map((each) => (isJsonObject(each) ? each["name"] : each));
  return names.every((name) => typeof name === "string") ? { flags: { plugin: names } } : undefined;
}

/** Who means admin has to say so: it is the default in every file that Sonobuoy prints. */
function readPermissions(value: Json): Meaning | undefined {
  if (value === "clusterRead") return { flags: { permissions: "read" }, note: "plugins may read everything but Secrets" };
  if (value === "namespaceAdmin") return { flags: { permissions: "none" }, note: "plugins get no rights, because there is no level for one namespace" };
  if (value === "clusterAdmin") return { note: "clusterAdmin is Sonobuoy's default; plugins may do everything only if --permissions admin is given" };
  return undefined;
}

function readTolerations(value: Json): Meaning | undefined {
  const tolerations = Array.isArray(value) ? value.map(readTexts) : [undefined];
  const texts = tolerations.map((toleration) => {
    if (toleration === undefined) return undefined;
    const { key = "*", value: content = "", effect, operator } = toleration;
    return `${key}${operator === "Exists" ? "" : `=${content}`}${effect === undefined ? "" : `:${effect}`}`;
  });
  return texts.every((each) => each !== undefined) ? { flags: { toleration: texts }, note: "Job plugins whose file has no podSpec get them too" } : undefined;
}

function readTexts(value: Json | undefined): { readonly [name: string]: string } | undefined {
  if (!isJsonObject(value)) return undefined;
  const texts: Record<string, string> = {};
  for (const [name, each] of Object.entries(value)) {
    if (typeof each !== "string") return undefined;
    texts[name] = each;
  }
  return texts;
}
