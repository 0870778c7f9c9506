import type { Random } from "./faults/random/random.ts";

/** Text that means something to a path, a terminal, a page, a sheet, a parser or a program, or nothing to nobody. */
export const hostileTexts = [
  "",
  ".",
  "..",
  "../../asdic-evil",
  "a/../../../asdic-evil",
  "/tmp/asdic-evil",
  "C:\\asdic-evil",
  "C:asdic-evil",
  "~/asdic-evil",
  "a\0b",
  "a\nb",
  "\u001b[31mred\u001b[0m \u001b]8;;http://example.test\u0007link\u001b]8;;\u0007",
  "\u202egnp.exe\u202c",
  "</script><script>alert(1)</script>",
  "]]><![CDATA[",
  "=cmd|'/c calc'!A1",
  "+1",
  "-1",
  "@SUM(A1)",
  "__proto__",
  "constructor",
  "toString",
  "\ud800",
  "\ufeff",
  "\u0085\u009b31m",
  "NaN",
  "1e999",
  "a b",
  "%2e%2e%2f",
  "%00",
  "%",
  "${1} {{x}} %s $(id) `id` ; rm",
  "ü日本👩‍👩‍👧",
  "CON",
  "journal.ndjson",
  "meta/manifest.json",
] as const;

/** One of them, two in a row, a long one, or any characters at all. */
export function drawText(random: Random): string {
  const way = random.below(10);
  if (way < 6) return random.pick(hostileTexts);
  if (way < 8) return `${random.pick(hostileTexts)}${random.pick(hostileTexts)}`;
  if (way < 9) return random.pick(["x", "ü", "a/", "../", " ", "9"]).repeat(random.pick([100, 156, 255, 256, 1000, 4100]));
  return Array.from({ length: random.below(40) }, () => String.fromCharCode(random.below(random.pick([128, 256, 65_536])))).join("");
}
