import assert from "node:assert/strict";
import { test } from "node:test";
import { formatOf } from "../../../core/redaction/files/format-of.ts";
import { findAll } from "../../../core/redaction/text/redact-text.ts";
import { withoutColours } from "../../../core/redaction/text/without-colours.ts";
import { generateUnseen } from "../../redaction-corpus/generated/generate-unseen.ts";
import { readCorpus, readHarmless } from "../../redaction-corpus/read-corpus.ts";
import { redact, testRedactor } from "./redact.ts";

type File = { readonly id: string; readonly name: string; readonly content: Buffer | string };

const redactor = testRedactor();

const corpora: readonly (readonly [what: string, files: readonly File[]])[] = [
  ["the written corpus", [...["shapes", "workloads", "text", "practice", "elsewhere", "tools"].flatMap(readCorpus), ...readHarmless()]],
  ["the generated corpus", (["secrets", "harmless"] as const).flatMap((kind) => generateUnseen(1, kind))],
];

/** Archives and UTF-16 are not read as text there. */
const isText = ({ name, content }: File): boolean => ["json", "yaml", "csv", "text"].includes(formatOf({ name, content: Buffer.from(content) }));

for (const [what, files] of corpora)
  test(`what was redacted of ${what} holds nothing that the search of the written archive, which reads all as text, would find`, async () => {
    const found: string[] = [];
    for (const file of files.filter(isText)) {
      const { bytes } = await redact(file.name, file.content, redactor);
      const text = withoutColours(bytes.toString("latin1"));
      const hits = findAll({ ...redactor, clean: new Set() }, { text, bytes: Buffer.from(text, "latin1"), depth: 0, isLatin1: true });
      found.push(...hits.map(({ rule, start, end }) => `${file.id} ${rule}: ${text.slice(start, end).slice(0, 100)}`));
    }
    assert.ok(found.length <= files.length / 500, found.join("\n"));
  });
