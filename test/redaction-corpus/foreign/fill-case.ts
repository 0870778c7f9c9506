import type { Random } from "../../faults/random/random.ts";
import { encode } from "../generated/encoders.ts";
import { drawValue } from "./draw-value.ts";

/** A template with its gaps filled, and the secrets that were marked in it; one of several lines, such as a key's, is one secret. */
export type FilledCase = { readonly text: string; readonly secrets: readonly string[] };

/** Fills a template: ‹ › stand around the name of a value to draw, « » around a secret, ⟦ ⟧ around the name of an encoder, a blank or line break, and what it encodes; they nest. */
export function fillCase(random: Random, template: string): FilledCase {
  const secrets: string[] = [];
  let at = 0;
  const fillUntil = (end: string): string => {
    let text = "";
    while (at < template.length) {
      const sign = template.charAt(at++);
      if (sign === end) return text;
      text += fillOne(sign);
    }
    if (end !== "") throw new Error(`a template lacks ${end}: ${template.slice(0, 200)}`);
    return text;
  };
  const fillOne = (sign: string): string => {
    if (sign === "‹") return drawValue(random, fillUntil("›"));
    if (sign === "⟦") return fillEncoded();
    if (sign !== "«") return sign;
    const secret = fillUntil("»");
    secrets.push(secret);
    return secret;
  };
  const fillEncoded = (): string => {
    const [head = "", name = ""] = /^(\w+)[ \n]/.exec(template.slice(at, at + 20)) ?? [];
    at += head.length;
    return encode(fillUntil("⟧"), name);
  };
  return { text: fillUntil(""), secrets };
}
