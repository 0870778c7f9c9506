import { isPlainString } from "./is-plain-string.ts";
import { isPrintable, lineBreaks } from "./yaml-characters.ts";
import { renderNumber } from "./render-number.ts";

/** How a scalar is to be written, as go-yaml decides it. */
export type ScalarPlan = { readonly text: string; readonly style: "plain" | "single" | "double" | "literal"; readonly isMultiline: boolean };

/** The plan for null, true, a number, a bigint or a text. */
export function planScalar(value: unknown, { isKey }: { readonly isKey: boolean }): ScalarPlan {
  if (typeof value !== "string") return { text: typeof value === "number" ? renderNumber(value) : String(value), style: "plain", isMultiline: false };
  const look = analyse(value);
  const wanted = !isPlainString(value) ? "double" : value.includes("\n") ? "literal" : "plain";
  return { text: value, style: chooseStyle(wanted, look, isKey), isMultiline: look.isMultiline };
}

type Look = { readonly isMultiline: boolean; readonly mayBePlain: boolean; readonly mayBeSingle: boolean; readonly mayBeLiteral: boolean };

function chooseStyle(wanted: ScalarPlan["style"], look: Look, isKey: boolean): ScalarPlan["style"] {
  const asked = isKey && look.isMultiline ? "double" : wanted;
  if (asked === "literal") return look.mayBeLiteral && !isKey ? "literal" : "double";
  if (asked === "double" || (asked === "plain" && look.mayBePlain)) return asked;
  return look.mayBeSingle ? "single" : "double";
}

function analyse(text: string): Look {
  const characters = Array.from(text);
  const [first = "", last = ""] = [characters[0], characters.at(-1)];
  const isMultiline = characters.some((character) => lineBreaks.includes(character));
  const isSpecial = characters.some((character) => !isPrintable(character));
  const spaceBreak = / [\r\n\u0085\u2028\u2029]/.test(text);
  const breakSpace = /[\r\n\u0085\u2028\u2029] /.test(text);
  const isEdgy = [first, last].some((character) => character === " " || lineBreaks.includes(character));
  const hasIndicators =
    /^(?:---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[?:-](?:[ \t]|$)/.test(text) ||
    /:(?:[ \t]|$)/.test(text) ||
    /[ \t\r\n\u0085\u2028\u2029\0]#/.test(text);
  return {
    isMultiline,
    mayBePlain: !isMultiline && !isSpecial && !spaceBreak && !breakSpace && !isEdgy && !hasIndicators,
    mayBeSingle: !breakSpace && !spaceBreak && !isSpecial,
    mayBeLiteral: last !== " " && !spaceBreak && !isSpecial,
  };
}
