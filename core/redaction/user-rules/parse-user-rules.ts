import type { Document } from "yaml";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { KnownError } from "../../contract/known-error.ts";
import { parseEntry } from "./parse-entry.ts";
import type { Entry, Refuse } from "./parse-entry.ts";
import type { UserRules } from "./user-rules.ts";

/**
 * A file of rules in YAML: under `rules` what is to be hidden too, under `allow` what is to stay. Throws KnownError "invalid-file" with all that is wrong
 * in it, each with its line, and before anything is redacted; a rule is never passed over.
 */
export function parseUserRules(text: string, source: string): UserRules {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: string[] = [];
  const refuse = (offset: number, what: string): undefined => {
    const { line, col } = lines.linePos(offset);
    problems.push(`${source}:${line}:${col}: ${what}`);
  };
  const entries = document.errors.length > 0 ? refuseSyntax(document, refuse) : readRoot(document, refuse);
  if (problems.length === 0 && entries.length === 0) problems.push(`${source}:1:1: holds no rules`);
  if (problems.length > 0)
    throw new KnownError("invalid-file", problems.join("\n"), {
      hint: "`asdic redact test --help` shows what rules look like; try them with `asdic redact test RULES SAMPLE`.",
    });
  return sort(entries);
}

type Parsed = { readonly list: "rules" | "allow"; readonly entry: Entry };

function refuseSyntax(document: Document.Parsed, refuse: Refuse): readonly Parsed[] {
  const [error] = document.errors;
  refuse(error?.pos[0] ?? 0, `is no YAML: ${(error?.message ?? "").split("\n")[0] ?? ""}`);
  return [];
}

function readRoot({ contents }: Document.Parsed, refuse: Refuse): readonly Parsed[] {
  if (!isMap(contents)) {
    refuse(0, "must have a list under rules or allow");
    return [];
  }
  return contents.items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : "";
    const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    if (name !== "rules" && name !== "allow") {
      refuse(offset, `${name} is neither rules nor allow`);
      return [];
    }
    if (!isSeq(value)) {
      refuse(offset, `${name} must be a list`);
      return [];
    }
    return value.items.flatMap((item, index) => {
      const at = isMap(item) || isScalar(item) ? (item.range?.[0] ?? offset) : offset;
      const entry = isMap(item) ? parseEntry(item, { list: name, index, offset: at, refuse }) : refuse(at, "must be a mapping such as {literal: …}");
      return entry === undefined ? [] : [{ list: name, entry }];
    });
  });
}

function sort(parsed: readonly Parsed[]): UserRules {
  const of = <T extends Entry["type"]>(list: Parsed["list"], type: T): readonly Extract<Entry, { readonly type: T }>[] =>
    parsed.flatMap(({ list: each, entry }) => (each === list && isOf(entry, type) ? [entry] : []));
  return {
    literals: of("rules", "literal"),
    patterns: of("rules", "regex"),
    paths: of("rules", "path"),
    files: of("rules", "files"),
    allowedLiterals: new Set(of("allow", "literal").map(({ literal }) => literal)),
    allowedPatterns: of("allow", "regex").map(({ pattern }) => new RegExp(pattern.source, pattern.flags.replace("g", ""))),
    allowedPaths: of("allow", "path").map(({ path }) => path),
    ids: parsed.flatMap(({ list, entry }) => (list === "rules" ? [entry.id] : [])),
    allowedFiles: of("allow", "files").map(({ matches }) => matches),
  };
}

const isOf = <T extends Entry["type"]>(entry: Entry, type: T): entry is Extract<Entry, { readonly type: T }> => entry.type === type;
