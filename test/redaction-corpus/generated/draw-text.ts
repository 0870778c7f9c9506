import type { Random } from "../../faults/random/random.ts";

/** A value as it is written, and the parts of it that must not get out. */
export type DrawnText = { readonly text: string; readonly secrets: readonly string[] };

/** Draws text from a pattern such as `ghp_<w36>`: `<letter count>` or `<letter least-most>` is drawn, and secret from six characters on; `<w16 public>` is drawn and public. */
export function drawText(random: Random, pattern: string): DrawnText {
  const secrets: string[] = [];
  const text = pattern.replaceAll(/<[^>]+>/g, (gap) => {
    const [, letter = "", least = "0", most = least, open] = /^<(.)(\d+)(?:-(\d+))?( public)?>$/.exec(gap) ?? [];
    const drawn = drawLetters(random, letter, Number(least) + random.below(Number(most) - Number(least) + 1));
    if (drawn.length >= shortestSecret && open === undefined) secrets.push(drawn);
    return drawn;
  });
  return { text, secrets };
}

const shortestSecret = 6;
const lower = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const mixed = lower + lower.toUpperCase() + digits;

/** What each letter of a pattern stands for. */
const alphabets: ReadonlyMap<string, string> = new Map([
  ["w", mixed],
  ["x", `${digits}abcdef`],
  ["X", `${digits}ABCDEF`],
  ["b", `${mixed}+/`],
  ["u", `${mixed}-_`],
  ["d", digits],
  ["a", lower + digits],
  ["A", lower.toUpperCase() + digits],
  ["l", lower],
  ["B", `${lower.toUpperCase()}234567`],
  ["Z", "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"],
  ["s", `${mixed}!#$%&*@^?~+=`],
]);

function drawLetters(random: Random, letter: string, length: number): string {
  const alphabet = alphabets.get(letter);
  if (alphabet === undefined) throw new Error(`a pattern has no letter ${letter}`);
  return Array.from({ length }, () => alphabet.charAt(random.below(alphabet.length))).join("");
}
