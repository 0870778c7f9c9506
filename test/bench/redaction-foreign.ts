import { createRedactor } from "../../core/redaction/redactor.ts";
import { createIdentities } from "../../core/redaction/identities/identities.ts";
import type { ForeignCase } from "../redaction-corpus/foreign/fill-written.ts";
import { drawCases } from "../redaction-corpus/foreign/draw-cases.ts";
import { fillWritten } from "../redaction-corpus/foreign/fill-written.ts";
import { measureForeign } from "../redaction-corpus/foreign/measure-foreign.ts";

/** How much of the third corpus is hidden, by family, and how much of what only looks like a secret is touched; `node test/bench/redaction-foreign.ts SEED` takes that seed, and -v names what went wrong. */
const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
const isVerbose = process.argv.includes("-v");

const percent = (part: number, all: number): string => `${((part / all) * 100).toFixed(2).padStart(6)} %`;

async function show(what: string, cases: readonly ForeignCase[], redactor = createRedactor()): Promise<void> {
  const { all, good, families, bad } = await measureForeign(redactor, cases);
  console.log(`${what.padEnd(28)} ${percent(good, all)} of ${all} (seed ${seed})`);
  for (const [family, count] of families) console.log(`  ${family.padEnd(26)} ${percent(count.good, count.all)} of ${count.all}`);
  if (isVerbose) console.log(bad.map((id) => `  not: ${id}`).join("\n"));
}

await show("foreign, hidden", [...fillWritten("secrets", seed), ...drawCases("secrets", seed, 4000)]);
await show("foreign, untouched", [...fillWritten("harmless", seed), ...drawCases("harmless", seed, 4000)]);

const withNames = createRedactor({ identities: createIdentities("standard", Buffer.alloc(32, 1)) });
await show("foreign, addresses hidden", fillWritten("identities", seed), withNames);
await show("foreign, no address, untouched", fillWritten("no-identities", seed), withNames);
