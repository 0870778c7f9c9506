/** One condition of a search: a key with a value, or a text that must stand somewhere. */
export type Term = { readonly key: string; readonly value: string; readonly negated: boolean };

/** What a search means, term by term; a word with an unknown key is a text, so that nothing typed is without effect. */
export function parseQuery(query: string): readonly Term[] {
  return [...query.matchAll(termPattern)].flatMap(({ groups = {} }) => {
    const [key, value] = [(groups["key"] ?? "").toLowerCase(), groups["quoted"]?.replaceAll(/\\(.)/g, "$1") ?? groups["plain"] ?? ""];
    const known = keyNames.get(key);
    const negated = groups["not"] === "-";
    if (known !== undefined) return value === "" ? [] : [{ key: known, value, negated }];
    // A key whose value is still to be typed.
    if (key === "" && value.endsWith(":") && keyNames.has(value.slice(0, -1).toLowerCase())) return [];
    const text = key === "" ? value : `${key}:${value}`;
    return text === "" ? [] : [{ key: textKey, value: text, negated }];
  });
}

/** A search with these terms, which parseQuery reads as the same terms. */
export const renderQuery = (terms: readonly Term[]): string => terms.map(renderTerm).join(" ");

/** A search with the condition taken in, or taken out where it stands in it already. */
export function toggleTerm(query: string, wanted: { readonly key: string; readonly value: string }): string {
  const terms = parseQuery(query);
  const others = terms.filter((term) => !isTerm(term, wanted));
  return renderQuery(others.length < terms.length ? others : [...terms, { ...wanted, negated: false }]);
}

/** Whether the search has this condition. */
export const hasTerm = (terms: readonly Term[], wanted: { readonly key: string; readonly value: string }): boolean =>
  terms.some((term) => isTerm(term, wanted));

/** The key of terms that are searched in all of a finding's text. */
export const textKey = "";

/** What may stand before a colon, with the short forms that people type. */
const keyNames: ReadonlyMap<string, string> = new Map([
  ...["status", "severity", "category", "namespace", "node", "kind", "plugin", "owner", "name", "id", "cis", "stig", "nsa", "scope", "is", "text"].map(
    (name) => [name, name === "text" ? textKey : name] as const,
  ),
  ["sev", "severity"],
  ["cat", "category"],
  ["ns", "namespace"],
  ["s", "status"],
  ["p", "plugin"],
]);

const termPattern = /(?<not>-?)(?:(?<key>[a-z]+):)?(?:"(?<quoted>(?:[^"\\]|\\.)*)"?|(?<plain>[^\s"]+))/gi;

function renderTerm({ key, value, negated }: Term): string {
  const short = shortNames.get(key) ?? key;
  const isPlain = /^[^\s"\\:-][^\s"\\:]*$/.test(value) || (key !== textKey && /^[^\s"\\]+$/.test(value));
  return `${negated ? "-" : ""}${short === "" ? "" : `${short}:`}${isPlain ? value : `"${value.replaceAll(/["\\]/g, "\\$&")}"`}`;
}

const shortNames: ReadonlyMap<string, string> = new Map([
  ["severity", "sev"],
  ["namespace", "ns"],
]);

const isTerm = (term: Term, wanted: { readonly key: string; readonly value: string }): boolean =>
  !term.negated && term.key === wanted.key && term.value.toLowerCase() === wanted.value.toLowerCase();
