import type { Random } from "./faults/random/random.ts";
import { drawText } from "./hostile-text.ts";

/** JSON text of an object with these fields, most of them kept, some with values that nobody expects; one in five is no JSON at all, or cut off. */
export function drawJson(random: Random, fields: { readonly [name: string]: unknown }): Buffer {
  const members = Object.entries(fields).flatMap(([name, value]) =>
    random.below(16) === 0 ? [] : [member(name, random.below(12) === 0 ? drawValue(random) : JSON.stringify(value))],
  );
  const added = Array.from({ length: random.below(3) }, () =>
    member(random.pick([drawText(random), "__proto__", "constructor", ...Object.keys(fields)]), drawValue(random)),
  );
  const text = Buffer.from(`{${[...members, ...added].join(",")}}`);
  const way = random.below(40);
  if (way === 0) return text.subarray(0, random.below(text.length));
  if (way === 1) return Buffer.from(drawValue(random));
  if (way === 2)
    return Buffer.concat([random.pick([Buffer.from("\ufeff"), Buffer.from([0xff, 0xfe]), Buffer.from(")]}'\n"), Buffer.from(" ".repeat(70_000))]), text]);
  if (way === 3) text[random.below(text.length)] = random.below(256);
  if (way === 4) return Buffer.concat([text, random.pick([text, Buffer.from("\0"), Buffer.alloc(70_000, " ")])]);
  return text;
}

const member = (name: string, value: string): string => `${JSON.stringify(name)}:${value}`;

function drawValue(random: Random): string {
  const way = random.below(12);
  if (way === 0) return `${"[".repeat(depth)}${"]".repeat(depth)}`;
  if (way === 1) return `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  if (way === 2) return `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`;
  if (way === 3)
    return `[${Array.from({ length: random.pick([1, 10, 1000]) }, () => JSON.stringify(drawText(random)).slice(0, 60))
      .filter((text) => text.endsWith('"'))
      .join(",")}]`;
  if (way < 6) return JSON.stringify(drawText(random));
  return random.pick([
    "null",
    "true",
    "[]",
    "{}",
    "0",
    "-0",
    "1.5",
    "-1",
    "1e308",
    "-1e308",
    "1e999",
    "9007199254740993",
    `1${"0".repeat(2000)}`,
    '"\\ud800"',
    '"\\u0000"',
    "NaN",
    "undefined",
    "'x'",
  ]);
}

const depth = 5000;
