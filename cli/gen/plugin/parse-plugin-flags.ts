import type { Json, JsonObject } from "../../../core/contract/json.ts";
import { parseDuration } from "../../run/duration.ts";
import type { Attempt } from "../../run/problems.ts";
import { refuseFlag } from "./refuse-flag.ts";
import { parseRule } from "./parse-rule.ts";

/** Flags of `asdic gen plugin` that say what the plugin is, as commander gives them; each is named as the part of the file that it sets. */
export type PluginFileFlags = {
  readonly api?: string | undefined;
  readonly name?: string | undefined;
  readonly image?: string | undefined;
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  readonly resultFile?: readonly string[] | undefined;
  readonly cmd?: readonly string[] | undefined;
  readonly arg?: readonly string[] | undefined;
  readonly env?: readonly string[] | undefined;
  readonly hostPath?: readonly string[] | undefined;
  readonly nodeSelector?: readonly string[] | undefined;
  readonly order?: string | undefined;
  readonly skipCleanup?: true | undefined;
  readonly description?: string | undefined;
  readonly url?: string | undefined;
  readonly timeout?: string | undefined;
  readonly earlyCleanup?: true | undefined;
  readonly namespaceRule?: readonly string[] | undefined;
  readonly clusterRule?: readonly string[] | undefined;
  readonly needs?: readonly string[] | undefined;
  readonly secret?: readonly string[] | undefined;
  readonly showDefaultPodspec?: true | undefined;
};

/** What the flags change in a plugin's document, part by part; `attempt` is told what can't be read. */
export function parsePluginFlags(flags: PluginFileFlags, attempt: Attempt) {
  const { image, namespaceRule, clusterRule, timeout, order, needs, secret, earlyCleanup } = flags;
  const rules = (flag: string, texts: readonly string[] = []): readonly JsonObject[] =>
    texts.flatMap(
      (text) => attempt(() => (parseRule(text) ?? refuseFlag(flag, text, { example: '"get,list pods,deployments.apps"' })).map((rule) => ({ ...rule }))) ?? [],
    );
  return {
    config: withoutGaps({
      driver: flags.type,
      "plugin-name": flags.name,
      "result-format": flags.format,
      "result-files": flags.resultFile,
      "skip-cleanup": flags.skipCleanup,
      order: order === undefined ? undefined : attempt(() => (/^-?\d{1,9}$/.test(order) ? Number(order) : refuseFlag("--order", order, { example: "10" }))),
      description: flags.description,
      "source-url": flags.url,
    }),
    container: withoutGaps({
      image: image === undefined ? undefined : attempt(() => (/\s/.test(image) ? refuseFlag("--image", image, { what: "is no name of an image" }) : image)),
      command: flags.cmd,
      args: flags.arg,
    }),
    env: parsePairs("--env", flags.env ?? [], attempt).map(([name, value]) => ({ name, value })),
    nodeSelector: Object.fromEntries(parsePairs("--node-selector", flags.nodeSelector ?? [], attempt)),
    hostPaths: (flags.hostPath ?? []).flatMap((text) => attempt(() => parseHostPath(text)) ?? []),
    top: withoutGaps({
      timeout: timeout === undefined ? undefined : attempt(() => Math.ceil(parseDuration("--timeout", timeout))),
      "early-cleanup": earlyCleanup,
      needs,
      secrets: secret && parseSecrets(secret, attempt),
      permissions:
        namespaceRule === undefined && clusterRule === undefined
          ? undefined
          : { namespace: rules("--namespace-rule", namespaceRule), cluster: rules("--cluster-rule", clusterRule) },
    }),
  };
}

const withoutGaps = (fields: { readonly [field: string]: Json | undefined }): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Each NAME=VALUE; the same name twice is a slip. */
function parsePairs(flag: string, texts: readonly string[], attempt: Attempt): readonly (readonly [name: string, value: string])[] {
  const seen = new Set<string>();
  return texts.flatMap((text) => {
    const pair = attempt(() => {
      const [, name, value] = /^([A-Za-z_][-./\w]*)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) return refuseFlag(flag, text, { example: flag === "--env" ? "LEVEL=2" : "kubernetes.io/arch=amd64" });
      if (seen.has(name)) return refuseFlag(flag, text, { what: `sets ${name} a second time` });
      seen.add(name);
      return [name, value] as const;
    });
    return pair === undefined ? [] : [pair];
  });
}

/** A folder or file of the node, and where the container sees it; read-only unless ":rw" follows. */
type HostPath = { readonly host: string; readonly mount: string; readonly isWritable: boolean };

function parseHostPath(text: string): HostPath {
  const [, host, mount, mode] = /^(\/[^:]*):(\/[^:]+)(:r[ow])?$/.exec(text) ?? [];
  return host === undefined || mount === undefined
    ? refuseFlag("--host-path", text, { example: "/var/log:/host/log" })
    : { host, mount, isWritable: mode === ":rw" };
}

const parseSecrets = (texts: readonly string[], attempt: Attempt): readonly JsonObject[] =>
  texts.map((text) => attempt(() => parseSecret(text))).filter((secret) => secret !== undefined);

/** The file's own check says what is wrong with the name or the place. */
function parseSecret(text: string): JsonObject {
  const [, name, place] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || place === undefined) return refuseFlag("--secret", text, { example: "licence=LICENCE_KEY, or licence=/etc/licence.key" });
  return place.startsWith("/") ? { name, file: place } : { name, env: place };
}
