import type { Random } from "../../faults/random/random.ts";
import type { DrawnText } from "./draw-text.ts";
import { drawText } from "./draw-text.ts";

/** Draws a password as people and generators make them: words with a number, letters and digits, hexadecimal, a UUID, or base64. */
export function drawPassword(random: Random): DrawnText {
  const pattern = random.pick(patterns);
  if (pattern !== "words") return whole(drawText(random, pattern).text);
  return whole(
    `${random.pick(first)}${random.pick(["-", "", "_", "."])}${random.pick(second)}${random.below(9000) + 1000}${random.pick(["!", "", "#", "!!"])}`,
  );
}

const patterns = ["words", "words", "<w14>", "<w20>", "<w32>", "<x32>", "<x40>", "<x8>-<x4>-4<x3>-b<x3>-<x12>", "<w2><u20>", "<l6><d4>"];
const first = ["Falcon", "autumn", "Copper", "Zebra", "Winter", "tango", "Harbor", "Quartz", "velvet", "Mango", "Tr0ub4", "P@lm"];
const second = ["River", "kite", "Lantern", "bicycle", "Orbit", "c4ctus", "Meadow", "Pirate", "S3cure", "walnut", "Storm", "Turnip"];

const whole = (text: string): DrawnText => ({ text, secrets: [text] });
