import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createIdentities } from "../../core/redaction/identities/identities.ts";
import type { Json } from "../../core/contract/json.ts";
import { redactObject } from "../../core/redaction/objects/redact-object.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { createRedactor } from "../../core/redaction/redactor.ts";
import { createTally } from "../../core/redaction/tally.ts";
import { createTextStream } from "../../core/redaction/text/text-stream.ts";
import { journalText } from "../core/archive/journal-text.ts";
import { generateCases } from "../redaction-corpus/generate-cases.ts";
import { measure } from "../redaction-corpus/measure.ts";
import type { CorpusCase } from "../redaction-corpus/read-corpus.ts";
import { readCorpus, readHarmless } from "../redaction-corpus/read-corpus.ts";
import { makePods } from "./pods.ts";
import { peerPatterns } from "./peer-patterns.ts";

/** How much of the corpora is hidden, by family, and how fast logs and objects are redacted, in MB a second of one core, beside a plain copy and the peer's list. */
const key = Buffer.alloc(32, 1);
const withNames = (): Redactor => createRedactor({ identities: createIdentities("standard", key) });

async function show(what: string, cases: readonly CorpusCase[]): Promise<void> {
  const { all, good, bad } = await measure(withNames(), cases);
  console.log(`${what.padEnd(28)} ${good} of ${all} (${((good / all) * 100).toFixed(2)} %)${bad.length === 0 ? "" : `; not: ${bad.slice(0, 8).join(", ")}`}`);
}

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
for (const family of ["shapes", "workloads", "text", "practice", "elsewhere", "tools"]) await show(`${family}, hidden`, readCorpus(family));
await show(`generated (seed ${seed}), hidden`, generateCases(seed, 1000));
await show("harmless, untouched", readHarmless());

/** MB a second of CPU, the best of three; the garbage collector's threads are not counted as the work's own. */
async function speed(bytes: number, work: () => unknown): Promise<number> {
  const figures: number[] = [];
  for (let round = 0; round < 4; round++) {
    const { user, system } = process.cpuUsage();
    await work();
    const used = process.cpuUsage({ user, system });
    figures.push(bytes / (used.user + used.system));
  }
  return Math.max(...figures);
}

const log = journalText(50_000_000, 1);
const chunks = function* (): Generator<Buffer> {
  for (let at = 0; at < log.length; at += 64 * 1024) yield log.subarray(at, at + 64 * 1024);
};
const sink = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });
const copied = await speed(log.length, () =>
  pipeline(
    Readable.from(chunks()),
    async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) yield Buffer.from(chunk);
    },
    sink(),
  ),
);
const redactor = createRedactor();
const named = withNames();
const redacted = await speed(log.length, () => pipeline(Readable.from(chunks()), createTextStream(redactor, createTally()), sink()));
const renamed = await speed(log.length, () => pipeline(Readable.from(chunks()), createTextStream(named, createTally()), sink()));
const sample = log.subarray(0, 5_000_000).toString("latin1");
const peers = await speed(sample.length, () =>
  sample.split("\n").map((line) => peerPatterns.reduce((text, pattern) => text.replace(pattern, "$1***HIDDEN***$2"), line)),
);
console.log(
  `\nlogs, MB/s of a core:    ${redacted.toFixed(0)} secrets, ${renamed.toFixed(0)} names too; a plain copy ${copied.toFixed(0)}; the peer's expressions line by line ${peers.toFixed(0)}`,
);

const pods = makePods(3000);
const text = pods.map((pod) => JSON.stringify(pod));
const size = text.reduce((sum, { length }) => sum + length, 0);
const parse = (line: string): Json => JSON.parse(line) as Json;
const copiedObjects = await speed(size, () => text.map((line) => JSON.stringify(parse(line))));
const redactedObjects = await speed(size, () => text.map((line) => JSON.stringify(redactObject(redactor, parse(line), { tally: createTally(), depth: 0 }))));
const renamedObjects = await speed(size, () => text.map((line) => JSON.stringify(redactObject(named, parse(line), { tally: createTally(), depth: 0 }))));
const peerObjects = await speed(size / 5, () =>
  text.slice(0, 600).map((line) =>
    JSON.stringify(parse(line), undefined, 2)
      .split("\n")
      .map((part) => peerPatterns.reduce((now, pattern) => now.replace(pattern, "$1***HIDDEN***$2"), part)),
  ),
);
console.log(
  `objects, MB/s of a core: ${redactedObjects.toFixed(0)} secrets, ${renamedObjects.toFixed(0)} names too; parsed and written alone ${copiedObjects.toFixed(0)}; the peer's expressions ${peerObjects.toFixed(0)}`,
);
