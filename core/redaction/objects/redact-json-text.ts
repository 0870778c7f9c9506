import type { Json } from "../../contract/json.ts";
import type { Place, Redactor } from "../redactor.ts";
import { redactObject } from "./redact-object.ts";

/** JSON without its secrets, written with the indent that it had; the same text where there are none, and undefined if it is no JSON. */
export function redactJsonText(redactor: Redactor, text: string, place: Place): string | undefined {
  const value = parseJsonText(text);
  return value === undefined ? undefined : redactParsed(redactor, { text, value }, place);
}

/** The same of what `parseJsonText` has made of a text. */
export function redactParsed(redactor: Redactor, { text, value }: { readonly text: string; readonly value: Json }, place: Place): string {
  const clean = redactObject(redactor, value, place);
  if (clean === value) return text;
  const indent = /^[[{]\r?\n([ \t]+)/.exec(text.trimStart())?.[1] ?? "";
  return `${/^\s*/.exec(text)?.[0] ?? ""}${JSON.stringify(clean, undefined, indent)}${/\s*$/.exec(text.slice(-20))?.[0] ?? ""}`;
}

/** Undefined for what is no JSON. Numbers that JavaScript would round keep their digits. */
export function parseJsonText(text: string): Json | undefined {
  try {
    return (/\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

type Context = { readonly source?: string };

function keepDigits(_key: string, value: unknown, context?: Context): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value) || context?.source === undefined || String(value) === context.source) return value;
  return rawJson(context.source);
}

/** Not in TypeScript's library yet. */
const { rawJSON: rawJson } = JSON as unknown as { readonly rawJSON: (source: string) => unknown };
