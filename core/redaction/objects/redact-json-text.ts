import type { Json } from "../../contract/json.ts";
import type { Place, Redactor } from "../redactor.ts";
import { addTally, createTally } from "../tally.ts";
import { redactObject } from "./redact-object.ts";

/** JSON without its secrets, written with the indent that it had; the same text where there are none, and undefined if it is no JSON. */
export function redactJsonText(redactor: Redactor, text: string, place: Place): string | undefined {
  const value = parseJsonText(text);
  return value === undefined ? undefined : redactParsed(redactor, { text, value }, place);
}

/** The same of what `parseJsonText` has made of a text. */
export function redactParsed(redactor: Redactor, { text, value }: { readonly text: string; readonly value: Json }, { tally, ...place }: Place): string {
  const found = createTally();
  const clean = redactObject(redactor, value, { ...place, tally: found });
  if (clean === value) return text;
  // Only what is written anew has to be read to the last digit.
  if (longNumber.test(text)) return render(text, redactObject(redactor, JSON.parse(text, keepDigits) as Json, { ...place, tally }));
  addTally(tally, found);
  return render(text, clean);
}

/** Undefined for what is no JSON. */
export function parseJsonText(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function render(text: string, value: Json): string {
  const indent = /^[[{]\r?\n([ \t]+)/.exec(text.trimStart())?.[1] ?? "";
  return `${/^\s*/.exec(text)?.[0] ?? ""}${JSON.stringify(value, undefined, indent)}${/\s*$/.exec(text.slice(-20))?.[0] ?? ""}`;
}

/** JavaScript rounds some of these. */
const longNumber = /\d{16}/;

type Context = { readonly source?: string };

function keepDigits(_key: string, value: unknown, context?: Context): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value) || context?.source === undefined || String(value) === context.source) return value;
  return rawJson(context.source);
}

/** Not in TypeScript's library yet. */
const { rawJSON: rawJson } = JSON as unknown as { readonly rawJSON: (source: string) => unknown };
