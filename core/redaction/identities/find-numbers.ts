import { hidden } from "../names/is-harmless.ts";
import type { Hit } from "../text/find-hits.ts";

/** Numbers of payment cards, by their check digit, and of telephones in the international form; with high privacy they are hidden. */
export function findNumbers(text: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const { 0: number, index } of text.matchAll(card))
    if (isCard(number)) hits.push({ start: index, end: index + number.length, rule: "card-number", replacement: hidden });
  for (const { 0: number, index } of text.matchAll(telephone)) {
    const digits = number.replaceAll(/\D/g, "").length;
    if (digits >= 9 && digits <= 15) hits.push({ start: index, end: index + number.length, rule: "phone-number", replacement: hidden });
  }
  return hits;
}

const card = /(?<![\w.+-])(?:3[47]\d{2}[ -]?\d{6}[ -]?\d{5}|(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2}|6(?:011|5\d{2})|35\d{2})(?:[ -]?\d{4}){3})(?![\w-]|\.\d)/g;
const telephone = /(?<![\w.+-])(?:\+[1-9]\d{0,2}[ .-]?\(?\d{1,5}\)?(?:[ .-]?\d{2,5}){2,4}|\(\d{3}\) \d{3}-\d{4})(?![\w-]|\.\d)/g;

/** Luhn's sum. */
function isCard(number: string): boolean {
  const digits = Array.from(number.replaceAll(/\D/g, ""), Number).toReversed();
  const sum = digits.reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
  return sum % 10 === 0;
}
