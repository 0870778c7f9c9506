import { cutHead } from "./cut-text.ts";
import type { Fact } from "./run-report.ts";

/**
 * What a leaf's details hold beside the keys that reports show on their own: one fact for each value, nested ones by the keys that lead there.
 * At most 64 facts, four levels, 512 characters a text; `more` says that there are others in the tarball. Bounded also where YAML aliases nest.
 */
export function listFacts(details: { readonly [key: string]: unknown }): { readonly facts: readonly Fact[]; readonly more: boolean } {
  const told = Object.keys(details).filter((key) => !shownElsewhere.has(key));
  if (told.length === 0) return none;
  const facts: Fact[] = [];
  let more = false;
  const visit = (value: unknown, path: readonly string[]): void => {
    if (facts.length >= maximum) more = true;
    else if (typeof value !== "object" || value === null) facts.push({ path, value: plain(value) });
    else if (Array.isArray(value) && value.length <= maximum && value.every(isScalar)) facts.push({ path, value: plain(value.join(", ")) });
    else if (path.length === deepest) more = true;
    else visitAll(Object.entries(value), path);
  };
  const visitAll = (entries: readonly (readonly [string, unknown])[], path: readonly string[]): void => {
    for (const [key, value] of entries) {
      if (more) return;
      visit(value, [...path, cutHead(key, longest)]);
    }
  };
  visitAll(
    told.map((key) => [key, details[key]]),
    [],
  );
  return { facts, more };
}

const none = { facts: [], more: false };
const [maximum, deepest, longest] = [64, 4, 512];
const shownElsewhere = new Set(["failure", "error", "system-out", "system-err", "duration", "classname", "skipped"]);

const isScalar = (value: unknown): boolean => typeof value !== "object" || value === null;

function plain(value: unknown): Fact["value"] {
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  return value === null || value === undefined ? null : cutHead(String(value), longest);
}
