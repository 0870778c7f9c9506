import { createRedactor } from "../../core/redaction/redactor.ts";
import { measureUnseen } from "../redaction-corpus/generated/measure-unseen.ts";

/** How much of the second corpus is hidden, by family, and how much of what only looks like a secret is touched; `node test/bench/redaction-unseen.ts SEED` begins with that seed. */
const first = Number(process.argv[2] ?? Date.now() % 1_000_000);
const seeds = Array.from({ length: 10 }, (_, index) => first + index);

const percent = (part: number, all: number): string => `${((part / all) * 100).toFixed(2).padStart(6)} %`;

const secrets = await measureUnseen(createRedactor(), "secrets", seeds);
console.log(`unseen, hidden               ${percent(secrets.good, secrets.all)} of ${secrets.all} files (seeds ${first} to ${seeds.at(-1)})`);
for (const [family, { all, good }] of secrets.families) console.log(`  ${family.padEnd(26)} ${percent(good, all)} of ${all}`);

const harmless = await measureUnseen(createRedactor(), "harmless", seeds);
console.log(`unseen, harmless but touched ${percent(harmless.bad.length, harmless.all)} of ${harmless.all} files`);
for (const [family, { all, good }] of harmless.families) console.log(`  ${family.padEnd(26)} ${percent(all - good, all)} of ${all}`);
