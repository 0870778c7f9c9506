import { KnownError } from "../../../core/contract/known-error.ts";
import { findLabelValueProblems, findQualifiedNameProblems, findSubdomainProblems } from "../../../core/kubernetes/names.ts";

/** One of some words; KnownError "wrong-usage" naming the flag otherwise. */
export function parseChoice<T extends string>(flag: string, value: string, choices: readonly T[]): T {
  const chosen = choices.find((choice) => choice === value);
  if (chosen !== undefined) return chosen;
  throw new KnownError("wrong-usage", `${flag} ${value}: must be one of ${choices.join(", ")}.`);
}

/** The name of an object (RFC 1123 subdomain), e.g. of a PriorityClass; KnownError "wrong-usage" otherwise. */
export function parseObjectName(flag: string, name: string, kind: string): string {
  if (findSubdomainProblems(name).length === 0) return name;
  throw new KnownError("wrong-usage", `${flag} ${name}: is no name of a ${kind}.`, {
    hint: "Names have lower-case letters, digits, '-' and '.', with a letter or digit at both ends.",
  });
}

/** Labels of nodes, repeated or several with commas as kubectl's selectors; `separators` are the characters that may stand before the value. */
export function parseNodeLabels(flag: string, texts: readonly string[], separators: string): Record<string, string> {
  return Object.fromEntries(
    texts
      .flatMap((text) => text.split(","))
      .map((text) => {
        const [, key = "", value] = new RegExp(`^([^${separators}]*)[${separators}](.*)$`, "s").exec(text) ?? [];
        if (value === undefined || findQualifiedNameProblems(key).length > 0 || findLabelValueProblems(value).length > 0)
          throw new KnownError("wrong-usage", `${flag} ${text}: is not of the form LABEL=VALUE.`, { hint: `For example: ${flag} kubernetes.io/arch=amd64` });
        return [key, value];
      }),
  );
}
