import assert from "node:assert/strict";
import { SaxesParser } from "saxes";
import { parseAllDocuments } from "yaml";
import { reportCommand } from "../../../cli/commands/report.ts";
import { resultsCommand } from "../../../cli/commands/results.ts";
import { formatNames } from "../../../reports/format-names.ts";
import { runCommand } from "./run-command.ts";

/**
 * Runs `results` and `report` over a tarball in every mode and format: what they print on a terminal steers none, what they print for a program is what its
 * reader takes.
 */
export async function assertHarmless(tarball: string): Promise<void> {
  for (const mode of ["report", "detailed", "dump", "readable"]) {
    const { out, err } = await runCommand(resultsCommand, [tarball, "--mode", mode], { isTerminal: true });
    assert.ok(out.length > 0);
    assertPlain(`results --mode ${mode}`, out + err);
  }
  const { out: dump } = await runCommand(resultsCommand, [tarball, "--mode", "dump"]);
  for (const document of parseAllDocuments(dump)) assert.deepEqual(document.errors, []);
  for (const format of formatNames) {
    const { out, err } = await runCommand(reportCommand, [tarball, "--format", format]);
    assertPlain(`report --format ${format}`, out + err, format === "junit" ? controls : steering);
    if (format === "json") JSON.parse(out);
    if (format === "junit") assertXml(out);
    if (format === "html") assertOwnTags(out);
  }
}

// eslint-disable-next-line no-control-regex -- they must not be there
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
// eslint-disable-next-line no-control-regex -- they must not be there
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

function assertPlain(what: string, printed: string, never = steering): void {
  const at = printed.search(never);
  assert.equal(at, -1, `${what}: ${JSON.stringify(printed.slice(Math.max(0, at - 40), at + 40))}`);
  assert.equal(printed, printed.toWellFormed());
}

function assertXml(text: string): void {
  const parser = new SaxesParser();
  parser.on("error", (error) => assert.fail(error));
  parser.write(text).close();
}

const ownTags =
  "!doctype html head meta title style body a header p h1 main section h2 dl div dt dd bdi table caption thead tr th tbody td span h3 h4 ul li strong details summary code pre footer";

function assertOwnTags(page: string): void {
  const tags = new Set([...page.matchAll(/<([a-z0-9!/]+)/gi)].map(([, tag = ""]) => tag.replace("/", "").toLowerCase()));
  assert.deepEqual(
    [...tags].filter((tag) => !ownTags.split(" ").includes(tag)),
    [],
  );
  assert.doesNotMatch(page, /<[^>]*\son[a-z]+=/i);
}
