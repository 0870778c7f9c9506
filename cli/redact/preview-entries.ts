import { buffer } from "node:stream/consumers";
import { isConformanceFile } from "../../core/redaction/files/is-conformance-file.ts";
import type { Entry } from "../../core/redaction/files/redact-entry.ts";
import { redactFile } from "../../core/redaction/files/redact-file.ts";
import type { FileTally } from "../../core/redaction/redaction-report.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { createTally } from "../../core/redaction/tally.ts";
import type { CommandContext } from "../command-context.ts";
import { cutText } from "../../core/contract/text-width.ts";

type Preview = { readonly entries: AsyncIterable<Entry>; readonly redactor: Redactor; readonly tallies: FileTally[] };

/** Prints each line that would change as it would be then, behind its file and number; archives and large files only by their name. */
export async function previewEntries({ output, signal }: CommandContext, { entries, redactor, tallies }: Preview): Promise<void> {
  for await (const { name, size, body } of entries) {
    signal.throwIfAborted();
    const tally = createTally();
    tallies.push({ name, tally, isKept: isConformanceFile(name) });
    if (size > longestShown) {
      output.out(`${cutText(name, longestName)}: too large to be shown\n`);
      continue;
    }
    const content = await buffer(body);
    const clean = await redactFile(redactor, { name, content }, tally);
    if (clean === content || isConformanceFile(name)) continue;
    for (const { number, line } of changedLines(content, clean)) output.out(`${cutText(name, longestName)}:${number}: ${cutText(line.trim(), longestLine)}\n`);
    await output.taken?.(signal);
  }
}

const longestShown = 64 * 1024 * 1024;
const longestName = 200;
const longestLine = 200;

/** The lines of the new content that the old one has not got; none where it is no text. Objects are written anew, so a line may only have been laid out otherwise. */
function changedLines(before: Buffer, after: Buffer): readonly { readonly number: number; readonly line: string }[] {
  if (after.includes(0)) return [];
  const text = before.toString();
  const old = new Set(text.split("\n"));
  const bare = before.length > longestCompared ? "" : withoutSpace(text);
  return after
    .toString()
    .split("\n")
    .flatMap((line, index) => (old.has(line) || bare.includes(withoutSpace(line)) ? [] : [{ number: index + 1, line }]));
}

/** Every new line is looked for in all of the old content. */
const longestCompared = 256 * 1024;

const withoutSpace = (text: string): string => text.replaceAll(/\s+/g, "");
