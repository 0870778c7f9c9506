import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { waiveCommand } from "../../../cli/commands/waive.ts";
import { parseWaivers } from "../../../cli/waivers/read-waivers.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { reportOf } from "../../reports/small-report.ts";
import { smallRun, writeTarball } from "../../reports/small-run.ts";
import { runCommand } from "../results-report/run-command.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-waive-"));
after(() => rm(folder, { recursive: true }));
await writeTarball(folder, "small.tar.gz", smallRun);
const { findings } = await reportOf(smallRun);
const dns = findings.find(({ title }) => title.startsWith("DNS"))?.fingerprint ?? "";

const waive = (name: string, ...more: readonly string[]) =>
  runCommand(waiveCommand, [name, "-f", "small.tar.gz", "--reason", "known: #42", "--owner", "ada", "--expires", "2970-01-31", ...more], { cwd: folder });

test("without -o the entry is printed as a file of waivers", async () => {
  const { out } = await waive("node-not-ready", "--node", "node-*");
  assert.equal(
    out,
    `waivers:
  # node-facts: node-facts on node-2 is lost
  - id: node-not-ready
    object:
      node: node-*
    reason: "known: #42"
    owner: ada
    expires: "2970-01-31"
`,
  );
  assert.equal(parseWaivers(out, "printed").length, 1);
});

test("with -o it makes the file, then extends it, and comments, order and other entries stay", async () => {
  const path = join(folder, "extended.yaml");
  await writeFile(path, "# ours\nwaivers:\n  # the first\n  - id: other   # why not\n    reason: r\n    owner: o\n    expires: 2027-01-31\n# the end\n");
  const { out, err } = await waive(dns, "-o", "extended.yaml");
  assert.equal(out, "");
  assert.match(err, /^extended\.yaml: one more waiver, which fits 1 finding of small\.tar\.gz\.\n$/);
  const text = await readFile(path, "utf8");
  for (const kept of ["# ours\n", "# the first\n", "# why not\n", "# the end\n", "# smoke: DNS resolves <kubernetes.default>\n"])
    assert.ok(text.includes(kept), text);
  assert.deepEqual(
    parseWaivers(text, path).map(({ id, fingerprint }) => id ?? fingerprint),
    ["other", dns],
  );
});

test("the same finding again renews its entry", async () => {
  await waive(dns, "-o", "renewed.yaml");
  const { err } = await waive(dns, "-o", "renewed.yaml", "--expires", "2971-05-05");
  assert.match(err, /the waiver that was there is changed/);
  const waivers = parseWaivers(await readFile(join(folder, "renewed.yaml"), "utf8"), "renewed.yaml");
  assert.deepEqual(
    waivers.map(({ expires }) => expires),
    ["2971-05-05"],
  );
});

test("an id of many findings waives all of them, and a fingerprint of digits alone is quoted", async () => {
  const { out } = await waive("test:cis:1.1.2 file ownership");
  assert.match(out, /id: test:cis:1\.1\.2 file ownership\n/);
  const digits = { text: `waivers:\n- {fingerprint: "1234567890123456", reason: r, owner: o, expires: 2027-01-31}\n` };
  await writeFile(join(folder, "digits.yaml"), digits.text);
  await waive(dns, "-o", "digits.yaml");
  assert.equal(parseWaivers(await readFile(join(folder, "digits.yaml"), "utf8"), "digits.yaml")[0]?.fingerprint, "1234567890123456");
});

const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["a fingerprint that no finding has", ["0123456789abcdef"], /no finding in it has the fingerprint "0123456789abcdef"/],
  ["an id that no finding has", ["node-not-redy"], /no finding in it has the id "node-not-redy"/],
  ["a day that is over", [dns, "--expires", "1969-12-31"], /^--expires: 1969-12-31 is over already/],
  ["no day", [dns, "--expires", "soon"], /^--expires: must be a day of the calendar/],
  ["an empty reason", [dns, "--reason", ""], /^--reason: is empty/],
  ["a selector that leaves nothing", [dns, "--plugin", "cis"], /none of its findings is of that kind/],
];
for (const [name, args, says] of refused)
  test(`${name} is refused, and nothing is written`, async () => {
    const [first = "", ...rest] = args;
    await assert.rejects(waive(first, "-o", "never.yaml", ...rest), (error) => isKnownError(error) && error.exitCode === 2 && says.test(error.message));
    await assert.rejects(readFile(join(folder, "never.yaml")));
  });

test("a file that is no file of waivers is left as it is", async () => {
  const path = join(folder, "broken.yaml");
  await writeFile(path, "waivers: 3\n");
  await assert.rejects(waive(dns, "-o", "broken.yaml"), (error) => isKnownError(error) && error.message.startsWith("broken.yaml:1:1: waivers must be a list"));
  assert.equal(await readFile(path, "utf8"), "waivers: 3\n");
});
