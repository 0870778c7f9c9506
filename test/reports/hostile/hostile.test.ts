import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { reportCommand } from "../../../cli/commands/report.ts";
import { formatNames } from "../../../reports/format-names.ts";
import { formats } from "../../../reports/formats.ts";
import { assertHarmlessFormat, assertPlain } from "../../cli/results-report/assert-harmless-format.ts";
import { runCommand } from "../../cli/results-report/run-command.ts";
import { writeHostile } from "./write-hostile.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-hostile-"));
after(() => rm(folder, { recursive: true }));

for (const { name, path } of await writeHostile(folder))
  test(`${name}: every format is what its reader takes, and in a terminal it steers nothing`, async () => {
    const where = join(folder, name);
    const { out } = await runCommand(reportCommand, [path, "--format", formatNames.join(","), "-o", where]);
    assert.deepEqual(
      out.trimEnd().split("\n"),
      formatNames.map((format) => join(where, `${name}.${formats[format].extension}`)),
    );
    for (const format of formatNames) assertHarmlessFormat(format, await readFile(join(where, `${name}.${formats[format].extension}`), "utf8"));
    assert.equal((await readdir(where)).length, formatNames.length);
    const printed = await runCommand(reportCommand, [path], { isTerminal: true });
    assertPlain("report", printed.out + printed.err);
  });
