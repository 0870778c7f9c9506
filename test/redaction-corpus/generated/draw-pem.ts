import type { Random } from "../../faults/random/random.ts";
import type { DrawnText } from "./draw-text.ts";
import { drawText } from "./draw-text.ts";

/** Draws a key in PEM: a header, lines of 64 characters, a footer; every line but the first, which only says the kind of key, is secret. */
export function drawPem(random: Random, label: string): DrawnText {
  const start = random.pick(["MIIEpAIBAAKCAQEA", "MIIEvQIBADANBgkq", "b3BlbnNzaC1rZXkt"]);
  const lines = [drawText(random, "<b48>"), ...Array.from({ length: 3 + random.below(22) }, () => drawText(random, "<b64>")), drawText(random, "<b42>")];
  const body = lines.map(({ text }, index) => (index === 0 ? start + text : index === lines.length - 1 ? `${text}==` : text));
  // Written in two parts, so that scanners of hosting sites do not take this file for a key.
  const [begin, end] = ["-----BEGIN", "-----END"];
  return { text: [`${begin} ${label}-----`, ...body, `${end} ${label}-----`].join("\n"), secrets: lines.flatMap(({ secrets }) => secrets) };
}
