import { isCommonName } from "./identities/is-common-name.ts";
import { hidden } from "./names/is-harmless.ts";
import type { Redactor } from "./redactor.ts";
import type { Tally } from "./tally.ts";
import { redactText } from "./text/redact-text.ts";

/**
 * A path of a tarball without secrets, and with tokens in place of names where such are made; a namespace's folder has the token that its objects name. The same
 * path stays the same with this redactor, and no two become one. Where a rule fails on it, nothing is left of it.
 */
export function redactPath(redactor: Redactor, path: string, tally: Tally): string {
  const given = ofRedactor.get(redactor) ?? { clean: new Map<string, string>(), taken: new Set<string>() };
  ofRedactor.set(redactor, given);
  const known = given.clean.get(path);
  if (known !== undefined) return known;
  const clean = clear(redactor, path, tally);
  if (!clean.includes(hidden)) return clean;
  let own = clean;
  for (let number = 2; given.taken.has(own); number++) own = `${clean}~${number}`;
  given.taken.add(own);
  given.clean.set(path, own);
  return own;
}

/** Only paths in which something was hidden can meet. */
const ofRedactor = new WeakMap<Redactor, { readonly clean: Map<string, string>; readonly taken: Set<string> }>();

function clear(redactor: Redactor, path: string, tally: Tally): string {
  try {
    return redactText(redactor, redactor.identities?.privacy === "high" ? hideNamespace(redactor, path) : path, { tally });
  } catch {
    return hidden;
  }
}

const hideNamespace = ({ identities }: Redactor, path: string): string =>
  path.replace(namespaceFolder, (whole: string, lead: string, name: string) =>
    identities === undefined || isCommonName(name) ? whole : `${lead}${identities.tokenOf("namespace", name)}`,
  );

const namespaceFolder = /((?:^|\/)(?:resources\/ns|podlogs)\/)([^/]+)(?=\/)/;
