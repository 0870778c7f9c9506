import { gzipSync } from "node:zlib";
import type { Random } from "../../faults/random/random.ts";

type Written = { readonly name: string; readonly content: Buffer };

/** Writes a text as files are found: most as they are, some with the line ends, marks or letters of other systems, compressed, or far behind other lines. */
export function drawWrap(random: Random, { name, text }: { readonly name: string; readonly text: string }): Written {
  if (random.below(10) < 7) return { name, content: Buffer.from(text) };
  const isLines = /\.(?:log|txt)$/.test(name);
  return random.pick(isLines ? [...wraps, behindOthers, behindOthers] : wraps)(name, text, random);
}

type Wrap = (name: string, text: string, random: Random) => Written;

const wraps: readonly Wrap[] = [
  (name, text) => ({ name, content: Buffer.from(text.replaceAll("\n", "\r\n")) }),
  (name, text) => ({ name, content: Buffer.from(`\uFEFF${text}`) }),
  (name, text) => ({ name, content: Buffer.from(`\uFEFF${text}`, "utf16le") }),
  (name, text) => ({ name: `${name}.gz`, content: gzipSync(text) }),
];

/** The text lies across the place where readers cut streams. */
const behindOthers: Wrap = (name, text, random) => ({
  name,
  content: Buffer.from("level=debug msg=tick n=1\n".repeat(2700).slice(-65_400 - random.below(140)) + text),
});
