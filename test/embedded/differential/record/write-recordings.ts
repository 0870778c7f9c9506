import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Shape } from "../build-shape.ts";
import type { Exchange } from "../exchange.ts";
import { recordings } from "../exchange.ts";

/** Writes the files that `parseExchanges` reads, by their names; shapes that occur more than once stand in shapes.ndjson. */
export async function writeRecordings(all: Readonly<Record<string, readonly Exchange[]>>): Promise<void> {
  const counts = new Map<string, number>();
  for (const exchanges of Object.values(all)) for (const { answer } of exchanges) if (answer.shape !== undefined) countShapes(answer.shape, counts);
  const lines: string[] = [];
  const numbers = new Map<string, number>();
  const shorten = (shape: Shape): Shape => {
    if (typeof shape === "string") return shape;
    const whole = JSON.stringify(shape);
    const known = numbers.get(whole);
    if (known !== undefined) return `#${known}`;
    const short = Object.fromEntries(Object.entries(shape).map(([key, inner]) => [key, shorten(inner)]));
    if ((counts.get(whole) ?? 0) < 2 || whole.length < 60) return short;
    numbers.set(whole, lines.push(JSON.stringify(short)) - 1);
    return `#${lines.length - 1}`;
  };
  await mkdir(recordings, { recursive: true });
  for (const [name, exchanges] of Object.entries(all)) {
    const rows = exchanges.map(({ answer, ...exchange }) =>
      JSON.stringify({ ...exchange, answer: answer.shape === undefined ? answer : { ...answer, shape: shorten(answer.shape) } }),
    );
    await writeFile(join(recordings, `${name}.ndjson`), `${rows.join("\n")}\n`);
  }
  await writeFile(join(recordings, "shapes.ndjson"), `${lines.join("\n")}\n`);
}

function countShapes(shape: Shape, counts: Map<string, number>): void {
  if (typeof shape === "string") return;
  const whole = JSON.stringify(shape);
  counts.set(whole, (counts.get(whole) ?? 0) + 1);
  for (const inner of Object.values(shape)) countShapes(inner, counts);
}
