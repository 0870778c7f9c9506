import { isCommonName } from "./identities/is-common-name.ts";
import type { Redactor } from "./redactor.ts";
import type { Tally } from "./tally.ts";
import { redactText } from "./text/redact-text.ts";

/** A path of a tarball with tokens in place of names, where such are made; a namespace's folder has the token that its objects name. */
export function redactPath(redactor: Redactor, path: string, tally: Tally): string {
  const { identities } = redactor;
  if (identities === undefined) return path;
  const hideFolder = (whole: string, lead: string, namespace: string): string =>
    isCommonName(namespace) ? whole : `${lead}${identities.tokenOf("namespace", namespace)}`;
  return redactText(redactor, identities.privacy === "high" ? path.replace(namespaceFolder, hideFolder) : path, { tally });
}

const namespaceFolder = /((?:^|\/)(?:resources\/ns|podlogs)\/)([^/]+)(?=\/)/;
