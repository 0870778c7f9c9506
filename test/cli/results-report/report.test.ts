import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { reportCommand } from "../../../cli/commands/report.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { smallRun, writeTarball } from "../../reports/small-run.ts";
import { runCommand } from "./run-command.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-report-"));
after(() => rm(folder, { recursive: true }));
await writeTarball(folder, "small.tar.gz", smallRun);

const begins: readonly (readonly [string, RegExp])[] = [
  ["html", /^<!doctype html>/],
  ["junit", /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /],
  ["text", /^◌ INCOMPLETE {2}Not all came: 1 expected result missing or broken; 1 of 5 results failed, 1 skipped\.\n/],
  ["json", /^\{\n {2}"schemaVersion": 2,/],
];
for (const [format, beginning] of begins)
  test(`--format ${format} prints that format, and the same bytes go to -o`, async () => {
    const { out, exitCode } = await runCommand(reportCommand, ["small.tar.gz", "--format", format], { cwd: folder });
    assert.match(out, beginning);
    assert.equal(exitCode, 0);
    const written = await runCommand(reportCommand, ["small.tar.gz", "--format", format, "-o", `out.${format}`], { cwd: folder });
    assert.equal(written.out, "");
    assert.equal(await readFile(join(folder, `out.${format}`), "utf8"), out);
  });

test("several formats are files beside the tarball, or in a folder that is made, and the paths are printed", async () => {
  const where = await mkdtemp(join(folder, "several-"));
  const tarball = await writeTarball(where, "run.tgz", smallRun);
  const beside = await runCommand(reportCommand, [tarball, "-f", "junit, html,junit"]);
  assert.equal(beside.out, `${join(where, "run.xml")}\n${join(where, "run.html")}\n`);
  const inside = await runCommand(reportCommand, ["run.tgz", "-f", "sarif,csv", "-o", "made/reports", "--fail-on", "failed"], { cwd: where });
  assert.equal(inside.exitCode, 4);
  assert.deepEqual((await readdir(join(where, "made/reports"))).toSorted(), ["run.csv", "run.sarif"]);
  assert.deepEqual((await readdir(where)).toSorted(), ["made", "run.html", "run.tgz", "run.xml"]);
});

test("-o - prints, and --junit-flavor is passed on", async () => {
  const { out } = await runCommand(reportCommand, ["small.tar.gz", "-f", "junit", "--junit-flavor", "jenkins", "-o", "-"], { cwd: folder });
  assert.match(out, /classname="cis\.cis"/);
});

test("an older report is replaced, what lay half-written beside it too, and a link there is not followed", async () => {
  const where = join(folder, "replaced");
  await mkdir(where);
  await writeFile(join(where, "report.txt"), "old");
  await writeFile(join(where, "precious"), "precious");
  await symlink(join(where, "precious"), join(where, "report.txt.partial"));
  await runCommand(reportCommand, [join(folder, "small.tar.gz"), "-o", "report.txt"], { cwd: where });
  assert.match(await readFile(join(where, "report.txt"), "utf8"), /INCOMPLETE/);
  assert.equal(await readFile(join(where, "precious"), "utf8"), "precious");
  assert.deepEqual((await readdir(where)).toSorted(), ["precious", "report.txt"]);
});

const unwritable: readonly (readonly [string, string, RegExp])[] = [
  ["a folder that isn't there", "nowhere/report.txt", /folder doesn't exist/],
  ["a folder", ".", /is a folder|can't be written/],
];
for (const [name, path, says] of unwritable)
  test(`-o at ${name} is refused and leaves nothing behind`, async () => {
    const where = await mkdtemp(join(folder, "unwritable-"));
    const run = runCommand(reportCommand, [join(folder, "small.tar.gz"), "-o", path], { cwd: where });
    await assert.rejects(run, (error) => isKnownError(error) && error.code === "invalid-file" && says.test(error.message));
    assert.deepEqual(await readdir(where), []);
    assert.deepEqual(
      (await readdir(folder)).filter((file) => file.endsWith(".partial")),
      [],
    );
  });

test("--fail-on judges the run as `results` does", async () => {
  assert.equal((await runCommand(reportCommand, ["small.tar.gz", "--fail-on", "failed"], { cwd: folder })).exitCode, 4);
});
