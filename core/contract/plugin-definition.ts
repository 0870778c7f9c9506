import * as z from "zod";
import type { JsonObject } from "./json.ts";
import { isJsonObject } from "./json.ts";
import type { PluginNeed } from "./plugin-needs.ts";
import { pluginNeedsSchema } from "./plugin-needs.ts";
import type { PluginSecret } from "./plugin-secrets.ts";
import { findSecretProblems, pluginSecretsSchema } from "./plugin-secrets.ts";
import { readIssues } from "./read-issues.ts";

/**
 * A plugin, as everything after the parser sees it. `sonobuoy` files keep Sonobuoy's defaults (account, host access),
 * `asdic/v1` files get none of either (design D1). `container` and `podSpec` are opaque Kubernetes JSON.
 */
export type PluginDefinition = {
  readonly dialect: "sonobuoy" | "asdic/v1";
  readonly name: string;
  readonly driver: "Job" | "DaemonSet";
  readonly resultFormat: ResultFormat;
  /** Base names of the files to read as results; empty means: by the format's suffix. */
  readonly resultFiles: readonly string[];
  readonly skipCleanup: boolean;
  /** Of plugins without needs: groups run in ascending order; the same order runs at the same time. */
  readonly order: number;
  readonly description?: string;
  readonly sourceUrl?: string;
  readonly container: JsonObject;
  readonly podSpec?: JsonObject;
  readonly extraVolumes: readonly JsonObject[];
  /** File name → content, mounted at /tmp/sonobuoy/config. */
  readonly configMap: { readonly [file: string]: string };
  readonly timeoutSeconds?: number;
  /** asdic/v1 only: its pods are removed as soon as their results are accepted, though a lost aggregator then takes those along. */
  readonly earlyCleanup?: true;
  /** asdic/v1 only: rules of the plugin's own account. */
  readonly permissions?: PluginPermissions;
  /** asdic/v1 only, never empty: it starts when these have ended, whatever its order, and finds their results. */
  readonly needs?: readonly PluginNeed[];
  /** asdic/v1 only, never empty: values that its container gets from a Secret. */
  readonly secrets?: readonly PluginSecret[];
};

export type ResultFormat = "junit" | "gojson" | "raw" | "manual";
export type PolicyRule = {
  readonly apiGroups?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly resourceNames?: readonly string[] | undefined;
  readonly nonResourceURLs?: readonly string[] | undefined;
  readonly verbs: readonly string[];
};
export type PluginPermissions = { readonly namespace: readonly PolicyRule[]; readonly cluster: readonly PolicyRule[] };

/** What is wrong with a document, and where: `path` leads from its root, so that a reader can name the line. */
export type DocumentProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** A plugin's name is a label value, a path and part of object names; 63 characters at most. */
const pluginName = z
  .string({ error: "a name is needed" })
  .max(63, "is longer than 63 characters")
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, "must be lower-case letters, digits, '-' and '.', and begin and end with a letter or digit")
  .refine((name) => name !== "sonobuoy" && name !== "asdic", "is reserved");

const lowerCased = (value: unknown): unknown => (typeof value === "string" ? value.toLowerCase() : value);
const opaqueObject = z.custom<JsonObject>(isJsonObject, "must be a mapping");
const none = <T>(value: T | null | undefined): T | undefined => value ?? undefined;

const settings = {
  driver: z.preprocess(lowerCased, z.enum(["job", "daemonset"], "must be Job or DaemonSet")),
  "plugin-name": pluginName,
  "result-format": z.preprocess(
    (value) => lowerCased(value ?? "raw") || "raw",
    z.enum(["junit", "e2e", "gojson", "raw", "manual"], "must be junit, e2e, gojson, raw or manual"),
  ),
  "result-files": z
    .array(z.string().refine((name) => !name.includes("/"), "must be a file name without folders"))
    .nullish()
    .transform(none),
  "skip-cleanup": z.boolean().nullish().transform(none),
  order: z.int().nullish().transform(none),
  description: z.string().nullish().transform(none),
  "source-url": z.string().nullish().transform(none),
};

const container = z.custom<JsonObject>(isJsonObject, "a container with an image is needed").superRefine((value, context) => {
  if (typeof value["image"] !== "string" || value["image"] === "") context.addIssue({ code: "custom", path: ["image"], message: "an image is needed" });
});

const document = {
  spec: container,
  podSpec: opaqueObject.nullish().transform(none),
  "extra-volumes": z.array(opaqueObject).nullish().transform(none),
  "config-map": z
    .record(z.string().regex(/^[-._a-zA-Z0-9]+$/, "must be a file name"), z.string("must be text"))
    .nullish()
    .transform(none),
};

const sonobuoyDocument = z
  .looseObject({ ...document, "sonobuoy-config": z.looseObject(settings, "sonobuoy-config is needed") })
  .superRefine((value, context) => {
    for (const key of ourKeys)
      if (key in value) context.addIssue({ code: "custom", path: [key], message: "is known only in files that begin with `apiVersion: asdic/v1`" });
  });

/** What Sonobuoy passes over without a word. */
const ourKeys = ["timeout", "early-cleanup", "permissions", "needs", "secrets"];

const policyRule = z.strictObject({
  apiGroups: z.array(z.string()).optional(),
  resources: z.array(z.string()).optional(),
  resourceNames: z.array(z.string()).optional(),
  nonResourceURLs: z.array(z.string()).optional(),
  verbs: z.array(z.string()).min(1),
});

const asdicDocument = z
  .strictObject({
    ...document,
    apiVersion: z.literal("asdic/v1", "must be asdic/v1, or left out in a file of Sonobuoy's format"),
    "sonobuoy-config": z.strictObject(settings, { error: ({ code }) => (code === "invalid_type" ? "sonobuoy-config is needed" : undefined) }),
    /** Seconds. */
    timeout: z.int().positive().optional(),
    "early-cleanup": z.boolean().optional(),
    permissions: z.strictObject({ namespace: z.array(policyRule).default([]), cluster: z.array(policyRule).default([]) }).optional(),
    needs: pluginNeedsSchema.optional(),
    secrets: pluginSecretsSchema.optional(),
  })
  .superRefine(({ "sonobuoy-config": config, spec, needs = [], secrets = [] }, context) => {
    const self = needs.findIndex(({ plugin }) => plugin === config["plugin-name"]);
    if (self >= 0) context.addIssue({ code: "custom", path: ["needs", self], message: "a plugin can't need itself" });
    if (needs.length > 0 && (config.order ?? 0) !== 0)
      context.addIssue({ code: "custom", path: ["sonobuoy-config", "order"], message: "a plugin with `needs` waits for these, and has no order beside them" });
    for (const { path, message } of findSecretProblems(secrets, spec)) context.addIssue({ code: "custom", path: [...path], message });
  });

/** What a file of each dialect may look like; `asdic plugins schema` is made of it too. */
export const pluginDocuments = { sonobuoy: sonobuoyDocument, "asdic/v1": asdicDocument } as const;

type Parsed = { readonly definition: PluginDefinition } | { readonly problems: readonly DocumentProblem[] };

/** A plugin file's document (parsed YAML or JSON) as a definition, or all that is wrong with it. */
export function parsePluginDefinition(value: unknown): Parsed {
  if (!isJsonObject(value)) return { problems: [{ path: [], message: "is no plugin definition: a mapping with sonobuoy-config and spec is needed" }] };
  const ours = value["apiVersion"] !== undefined && value["sonobuoy-config"] !== undefined && String(value["apiVersion"]).startsWith("asdic/");
  const parsed = ours ? asdicDocument.safeParse(value) : sonobuoyDocument.safeParse(value);
  if (!parsed.success) return { problems: readIssues(parsed.error.issues, asdicDocument.shape) };
  const { spec, podSpec, ...rest } = parsed.data;
  const config = parsed.data["sonobuoy-config"];
  const name = config["plugin-name"];
  return {
    definition: {
      dialect: ours ? "asdic/v1" : "sonobuoy",
      name,
      driver: config.driver === "job" ? "Job" : "DaemonSet",
      resultFormat: config["result-format"] === "e2e" ? "junit" : config["result-format"],
      resultFiles: config["result-files"] ?? [],
      skipCleanup: config["skip-cleanup"] ?? false,
      order: config.order ?? 0,
      ...(config.description === undefined ? {} : { description: config.description }),
      ...(config["source-url"] === undefined ? {} : { sourceUrl: config["source-url"] }),
      container: { name, ...spec },
      ...(podSpec === undefined ? {} : { podSpec }),
      extraVolumes: rest["extra-volumes"] ?? [],
      configMap: rest["config-map"] ?? {},
      ...(ours ? readOwn(parsed.data as z.output<typeof asdicDocument>) : {}),
    },
  };
}

/** What only asdic/v1 files have. */
const readOwn = (file: z.output<typeof asdicDocument>): Pick<PluginDefinition, "timeoutSeconds" | "earlyCleanup" | "permissions" | "needs" | "secrets"> => ({
  ...(file.timeout === undefined ? {} : { timeoutSeconds: file.timeout }),
  ...(file["early-cleanup"] === true ? { earlyCleanup: true } : {}),
  ...(file.permissions === undefined ? {} : { permissions: file.permissions }),
  ...(file.needs === undefined || file.needs.length === 0 ? {} : { needs: file.needs }),
  ...(file.secrets === undefined || file.secrets.length === 0 ? {} : { secrets: file.secrets }),
});
