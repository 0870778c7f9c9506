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
    assertGolden(`reports/small-run.${formats[name].extension}`, withoutOwnCode(formats[name].render(report)));
  });

/** A page's style and scripts, and their hashes, are agreed where they are written. */
const withoutOwnCode = (text: string): string =>
  text.replaceAll(/(<(style|script)>)[^]*?(<\/\2>)/g, "$1$3").replaceAll(/sha256-[\w+/=&#;]{40,}?(?=&#x27;)/g, "sha256-…");
