import type { Indexed } from "./index-findings.ts";
import { parseQuery, textKey, type Term } from "./parse-query.ts";

/** The findings that a search leaves: values of one key are alternatives, keys and texts add up, `-` takes away. */
export function matchFindings(findings: readonly Indexed[], query: string): readonly Indexed[] {
  const terms = parseQuery(query);
  const without = terms.filter(({ negated }) => negated);
  const texts = terms.filter(({ key, negated }) => key === textKey && !negated);
  const byKey = [
    ...Map.groupBy(
      terms.filter(({ key, negated }) => key !== textKey && !negated),
      ({ key }) => key,
    ).values(),
  ];
  return findings.filter(
    (one) =>
      byKey.every((group) => group.some((term) => hasValue(one, term))) &&
      texts.every((term) => hasValue(one, term)) &&
      !without.some((term) => hasValue(one, term)),
  );
}

function hasValue({ values, text }: Indexed, { key, value }: Term): boolean {
  const wanted = value.toLowerCase();
  if (key === textKey) return text().includes(wanted);
  return (values[key] ?? []).some((found) => isMatch(key, found.toLowerCase(), wanted));
}

/** `*` stands for any end; a section of a benchmark has all below it; `fail` finds what a person calls failed. */
function isMatch(key: string, found: string, wanted: string): boolean {
  if (wanted.endsWith("*")) return found.startsWith(wanted.slice(0, -1));
  if (found === wanted) return true;
  if (sections.has(key)) return found.startsWith(`${wanted}.`);
  if (key === "status") return synonyms.get(wanted) === found;
  return key === "severity" && wanted.length >= 2 && found.startsWith(wanted);
}

const sections: ReadonlySet<string> = new Set(["cis", "nsa", "stig"]);
const synonyms: ReadonlyMap<string, string> = new Map([
  ["failed", "fail"],
  ["warning", "warn"],
  ["warned", "warn"],
  ["passed", "pass"],
  ["unknown", "not-evaluated"],
]);
