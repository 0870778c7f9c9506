import { spawnSync } from "node:child_process";
import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createGunzip, gunzipSync } from "node:zlib";
import { SaxesParser } from "saxes";
import { readResultFile } from "../../core/results/read-result-file.ts";
import { formats } from "../../reports/formats.ts";
import type { RunReport } from "../../reports/run-report.ts";
import { summarize } from "../../reports/summarize.ts";

/** How long it takes to read JUnit of whole conformance runs and to write it again, as times of what saxes takes for the bytes alone, each in a process of its own, with its memory; and what the other formats take. */
const folder = join(process.env["ASDIC_SAMPLES"] ?? join(import.meta.dirname, "../../../shared/samples"), "junit");
const [file] = process.argv.slice(2);
if (file === undefined) for (const name of readdirSync(folder)) spawnSync(process.execPath, [import.meta.filename, name], { stdio: "inherit" });
else await measure(join(folder, file), file);

async function measure(path: string, name: string): Promise<void> {
  // As a stream, and before any repetition, as whoever reads one report has it.
  await readReport(createReadStream(path).pipe(createGunzip())).then((report) => formats.junit.render(report));
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  const bytes = gunzipSync(readFileSync(path));
  const alone = await cpu(() => parse(bytes));
  const whole = await cpu(async () => formats.junit.render(await readReport(Readable.from(pieces(bytes)))));
  const report = await readReport(Readable.from(pieces(bytes)));
  const { total, failed } = report.counts;
  console.log(`${name}: ${total} cases, ${failed} failed; saxes ${alone} ms, read and JUnit ${whole} ms, ${(whole / alone).toFixed(1)} times; ${memory} MB`);
  const others = Object.entries(formats).filter(([format]) => format !== "junit");
  const times: string[] = [];
  for (const [format, { render }] of others) times.push(`${format} ${await cpu(() => render(report))} ms`);
  console.log(`  ${times.join(", ")}`);
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024);
}

function parse(bytes: Buffer): void {
  const parser = new SaxesParser();
  const decoder = new TextDecoder();
  parser.on("error", () => undefined);
  for (const piece of pieces(bytes)) parser.write(decoder.decode(piece, { stream: true }));
  parser.close();
}

async function readReport(body: Readable): Promise<RunReport> {
  const item = await readResultFile({ format: "junit", name: "results/global/junit_01.xml", body });
  const tree = { name: "e2e", status: item.status, meta: { type: "summary" }, items: [item] };
  return summarize({ path: "run.tar.gz", plugins: [{ name: "e2e", tree }], errors: [] });
}

/** Milliseconds of processor time, the best of some. */
async function cpu(work: () => unknown): Promise<number> {
  const figures: number[] = [];
  for (let round = 0; round < 20; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    figures.push((user + system) / 1000);
  }
  return Math.round(Math.min(...figures) * 10) / 10;
}
