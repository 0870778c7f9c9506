import { KnownError } from "../../../core/contract/known-error.ts";
import { findDnsLabelProblems } from "../../../core/kubernetes/names.ts";

/** A namespace's name (RFC 1123 label); KnownError "wrong-usage" naming the flag otherwise. */
export function parseNamespace(name: string): string {
  if (findDnsLabelProblems(name).length === 0) return name;
  throw new KnownError("wrong-usage", `--namespace ${name === "" ? '""' : name}: is no name for a namespace.`, {
    hint: "Use up to 63 lower-case letters, digits and '-', with a letter or digit at both ends.",
  });
}
