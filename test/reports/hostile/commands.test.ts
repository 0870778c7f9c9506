import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { diffCommand } from "../../../cli/commands/diff.ts";
import { getCommand } from "../../../cli/commands/get.ts";
import { logsCommand } from "../../../cli/commands/logs.ts";
import { resultsCommand } from "../../../cli/commands/results.ts";
import { waiveCommand } from "../../../cli/commands/waive.ts";
import { resultModes } from "../../../cli/offline/show-results.ts";
import { textWidth } from "../../../core/contract/text-width.ts";
import { diffFormatNames } from "../../../reports/diff/format-names.ts";
import { readReport } from "../../../reports/read-report.ts";
import { assertHarmlessFormat, assertPlain } from "../../cli/results-report/assert-harmless-format.ts";
import { runCommand } from "../../cli/results-report/run-command.ts";
import { smallRun, writeTarball } from "../small-run.ts";
import { hostileEntries } from "./hostile-entries.ts";
import { hostileSnapshot } from "./hostile-snapshot.ts";
import { hostileTexts } from "./hostile-texts.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-hostile-"));
after(() => rm(folder, { recursive: true }));
const small = await writeTarball(folder, "small-run.tar.gz", smallRun);
const tarballs: (readonly [name: string, path: string])[] = [];
for (const [name, texts] of Object.entries(hostileTexts))
  tarballs.push([name, await writeTarball(folder, `${name}.tar.gz`, [...hostileEntries(texts), ...hostileSnapshot(texts)])]);

const { out: blank } = await runCommand(diffCommand, [small, small, "--format", "html"]);
const screen = { isTerminal: true, environment: { LANG: "C.UTF-8" } };
/** As it is on a terminal: no line of ours is wider, but for what is to be typed. */
const assertNarrow = (printed: string): void => {
  for (const line of printed.split("\n")) if (!line.startsWith("  asdic ")) assert.ok(textWidth(line) <= 80, JSON.stringify(line));
};

for (const [name, path] of tarballs) {
  test(`${name}: results in every mode steer no terminal`, async () => {
    for (const mode of resultModes) {
      const { out, err } = await runCommand(resultsCommand, [path, "--mode", mode], screen);
      assertPlain(`results --mode ${mode}`, out + err);
      if (mode === "overview") assertNarrow(out);
    }
  });

  test(`${name}: a comparison with it is harmless in every format, whichever is the earlier one`, async () => {
    for (const pair of [
      [small, path],
      [path, small],
    ])
      for (const format of diffFormatNames) {
        const piped = await runCommand(diffCommand, [...pair, "--format", format]);
        assertHarmlessFormat(format, piped.out, blank);
        if (format !== "text") continue;
        const shown = await runCommand(diffCommand, [...pair, "--format", format], screen);
        assertPlain("diff", shown.out + shown.err);
        assertNarrow(shown.out);
      }
  });

  test(`${name}: its objects and logs steer no terminal`, async () => {
    for (const output of ["wide", "name", "yaml", "json"]) {
      const { out, err } = await runCommand(getCommand, ["pods", "-A", "-o", output, "-f", path], screen);
      assertPlain(`get -o ${output}`, out + err);
    }
    const { out, err } = await runCommand(logsCommand, ["p-0", "-F", path], screen);
    assertPlain("logs", out + err);
  });

  test(`${name}: a waiver of each of its findings is a file of waivers`, async () => {
    const { findings } = await readReport(path);
    const file = join(folder, `${name}.yaml`);
    for (const { fingerprint } of findings.slice(0, 5)) {
      const { out, err } = await runCommand(
        waiveCommand,
        ["-f", path, fingerprint, "--reason", "known", "--owner", "ada", "--expires", "2970-01-31", "-o", file],
        screen,
      );
      assertPlain("waive", out + err);
    }
    const { err } = await runCommand(resultsCommand, [path, "--waivers", file, "--fail-on", "fail"], screen);
    assertPlain("results --waivers", err);
  });
}
