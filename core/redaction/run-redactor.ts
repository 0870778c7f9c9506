import type { RedactionOptions } from "../contract/redaction-options.ts";
import { createIdentities } from "./identities/identities.ts";
import type { Redactor, RedactorOptions } from "./redactor.ts";
import { createRedactor } from "./redactor.ts";
import { parseUserRules } from "./user-rules/parse-user-rules.ts";

/** With what names become tokens: the run's key, 32 bytes, and the names of nodes that are known. */
export type TokenMaterial = { readonly key: Uint8Array | undefined; readonly knownNames: readonly string[] };

type Limits = Pick<RedactorOptions, "longestUnpacked">;

/** The redactor that a run's options ask for; with the same material every process of the run gives the same tokens. Undefined where nothing is to be hidden. */
export function createRunRedactor(redaction: RedactionOptions, { key, knownNames }: TokenMaterial, limits: Limits = {}): Redactor | undefined {
  if (redaction === false) return undefined;
  const { privacy, rules } = redaction;
  if (privacy !== "off" && key === undefined) throw new Error("There is no key to make tokens with.");
  return createRedactor({
    ...limits,
    userRules: rules === undefined ? undefined : parseUserRules(rules, "--redaction-rules"),
    ...(privacy !== "off" && key !== undefined && { identities: createIdentities(privacy, key), knownNames }),
  });
}
