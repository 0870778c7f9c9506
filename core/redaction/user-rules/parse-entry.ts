import type { YAMLMap } from "yaml";
import { isScalar } from "yaml";
import { boundRepetitions, findSlowPart } from "./find-slow-part.ts";
import { globPattern } from "./glob-pattern.ts";
import type { UserFiles, UserLiteral, UserPath, UserPattern } from "./user-rules.ts";

/** One item of a list of rules. */
export type Entry =
  | ({ readonly type: "literal" } & UserLiteral)
  | ({ readonly type: "regex" } & UserPattern)
  | ({ readonly type: "path" } & UserPath)
  | ({ readonly type: "files" } & UserFiles);

/** Notes what is wrong at a place of the text. */
export type Refuse = (offset: number, what: string) => undefined;

type Place = { readonly list: string; readonly index: number; readonly offset: number; readonly refuse: Refuse };

/** An item as a rule; undefined if it is none, which has been told then. Its id is its own or, such as rules-3, its place in the list. */
export function parseEntry(item: YAMLMap, { list, index, offset, refuse }: Place): Entry | undefined {
  const fields = readFields(item, refuse);
  if (fields === undefined) return undefined;
  const id = fields.get("id")?.text ?? `${list}-${index + 1}`;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id)) return refuse(fields.get("id")?.offset ?? offset, "an id has lower-case letters, digits and dashes, 63 at most");
  const chosen = ["literal", "regex", "path", "field", "files"].flatMap((name) => fields.get(name) ?? []);
  const [only] = chosen;
  if (only === undefined || chosen.length > 1) return refuse(offset, "must have exactly one of literal, regex, path, field (with kind), and files");
  if (fields.has("kind") && only.name !== "field") return refuse(fields.get("kind")?.offset ?? offset, "kind goes with field");
  return parseChosen(only, { id, kind: fields.get("kind")?.text, refuse });
}

type Field = { readonly name: string; readonly text: string; readonly offset: number };
const known = ["id", "literal", "regex", "path", "field", "kind", "files"];

function readFields(item: YAMLMap, refuse: Refuse): ReadonlyMap<string, Field> | undefined {
  const fields = new Map<string, Field>();
  let isGood = true;
  for (const { key, value } of item.items) {
    const name = isScalar(key) ? String(key.value) : "";
    const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    const problem = !known.includes(name)
      ? `${name} is no field of a rule`
      : !isScalar(value) || String(value.value ?? "") === ""
        ? `${name} must be a text`
        : undefined;
    if (problem !== undefined) {
      refuse(offset, problem);
      isGood = false;
    } else if (isScalar(value)) fields.set(name, { name, text: String(value.value), offset: value.range?.[0] ?? offset });
  }
  return isGood ? fields : undefined;
}

type Chosen = { readonly id: string; readonly kind: string | undefined; readonly refuse: Refuse };

function parseChosen({ name, text, offset }: Field, { id, kind, refuse }: Chosen): Entry | undefined {
  switch (name) {
    case "literal":
      return /^[ -~]{3,200}$/.test(text)
        ? { type: "literal", id, literal: text }
        : refuse(offset, "a literal has 3 to 200 characters of ASCII; for others write a regex");
    case "regex":
      return parseRegex(text, { id, offset, refuse });
    case "files":
      return { type: "files", id, matches: globPattern(text) };
    case "field":
      if (kind === undefined) return refuse(offset, "field needs kind, the kind of object; a path is for all of them");
      return { type: "path", id, kind, path: text.split(".") };
    default:
      return { type: "path", id, kind: undefined, path: text.split(".") };
  }
}

function parseRegex(text: string, { id, offset, refuse }: { readonly id: string; readonly offset: number; readonly refuse: Refuse }): Entry | undefined {
  try {
    const pattern = new RegExp(text, "gd");
    if (pattern.test("")) return refuse(offset, "the regex matches nothing at all, everywhere");
    const slow = findSlowPart(text);
    return slow === undefined
      ? { type: "regex", id, pattern: new RegExp(boundRepetitions(text), "gd") }
      : refuse(offset, `the regex may take very long: ${slow}`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(offset, `is no regular expression of JavaScript: ${error.message.replace(/^.*\/[a-z]*: /s, "")}`);
  }
}
