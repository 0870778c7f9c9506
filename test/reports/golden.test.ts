import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { formatNames } from "../../reports/format-names.ts";
import { formats } from "../../reports/formats.ts";
import { readRun } from "../../reports/read-run.ts";
import { summarize } from "../../reports/summarize.ts";
import { assertGolden } from "../golden.ts";
import { smallRun, writeTarball } from "./small-run.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-report-golden-"));
after(() => rm(folder, { recursive: true }));
const report = summarize(await readRun(await writeTarball(folder, "small.tar.gz", smallRun)));

for (const name of formatNames)
  test(`the ${name} report of a small run is as it was agreed`, () => {
    assertGolden(`reports/small-run.${formats[name].extension}`, formats[name].render(report));
  });
