import { Pair, Scalar, stringify, YAMLMap } from "yaml";
import { KnownError } from "../contract/known-error.ts";
import type { ResultItem } from "../contract/result-item.ts";
import { loadYaml } from "./load-yaml.ts";
import { parseItem } from "./parse-item.ts";

/** A result tree as sonobuoy_results.yaml, which Sonobuoy's reader (YAML 1.1) takes too; any text comes back as it was, but for halves of characters. */
export const renderResultTree = (item: ResultItem): string =>
  stringify(buildPlain(item), { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER })
    // They stand in double quotes, where yaml itself leaves them as they are.
    .replaceAll(notPrintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** A tree from sonobuoy_results.yaml, asdic's or Sonobuoy's, as it stands there; KnownError "invalid-tarball" for what is none. */
export function parseResultTree(text: string): ResultItem {
  const loaded = loadYaml(text);
  if ("problem" in loaded) throw invalid(loaded.problem);
  const [document] = loaded.documents;
  if (!document) throw invalid("is empty");
  const parsed = parseItem(document, loaded.lineOf);
  if ("problem" in parsed) throw invalid(parsed.problem);
  return parsed.item;
}

const invalid = (what: string): KnownError =>
  new KnownError("invalid-tarball", what, { hint: "Fetch the tarball again with `asdic retrieve`; if it is the same, this file was changed by hand." });

type Plain = string | number | boolean | null | Scalar | readonly Plain[] | { readonly [key: string]: Plain } | YAMLMap;

/** Keys in Sonobuoy's order, empty maps and lists left out as it leaves them out. */
function buildPlain({ name, status, meta = {}, details = {}, items = [] }: ResultItem): Plain {
  return {
    name: quoteIfNeeded(name),
    status: quoteIfNeeded(status),
    ...(Object.keys(meta).length === 0 ? {} : { meta: buildMap(meta) }),
    ...(Object.keys(details).length === 0 ? {} : { details: buildMap(details) }),
    ...(items.length === 0 ? {} : { items: items.map(buildPlain) }),
  };
}

function buildValue(value: unknown): Plain {
  if (typeof value === "string") return quoteIfNeeded(value);
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(buildValue);
  return typeof value === "object" && value !== null ? buildMap(value) : null;
}

/** YAML ends a key at 1024 characters, and an escape takes six. To Go's reader the key "<<" is an order, even in quotes. */
const maxKey = 150;

function buildMap(map: object): Plain {
  const entries = Object.entries(map).map(
    ([key, value]) => [key.length > maxKey || key === "<<" ? `${key.slice(0, maxKey)}…` : key, buildValue(value)] as const,
  );
  // Plain keys are many times as fast.
  if (!entries.some(([key]) => needsQuotes.test(key) || !key.isWellFormed())) return Object.fromEntries(entries);
  const built = new YAMLMap();
  for (const [key, value] of entries) built.items.push(new Pair(quoted(key.toWellFormed()), value));
  return built;
}

/** What is no printable character of YAML 1.1, or a line's end that it would not give back as it was. */
const notPrintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
// Beside those: octal numbers, which YAML 1.2 writes in its own way.
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const needsQuotes = /^[-+]?0o[0-7_]+$|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/i;

const quoteIfNeeded = (text: string): string | Scalar => (needsQuotes.test(text) || !text.isWellFormed() ? quoted(text.toWellFormed()) : text);

function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = "QUOTE_DOUBLE";
  return scalar;
}
