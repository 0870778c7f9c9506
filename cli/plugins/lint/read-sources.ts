import { listPluginFiles, noPluginFiles } from "../list-plugin-files.ts";
import { readPluginText, type ReadingContext } from "../read-plugin-text.ts";
import type { LintSource } from "./lint-plugins.ts";

/** Every file that is meant, in the order given: a file, an address, `-` for the standard input, or all YAML files right in a folder. */
export async function readSources(wanted: readonly string[], context: ReadingContext): Promise<readonly LintSource[]> {
  const sources: LintSource[] = [];
  for (const each of wanted) {
    const files = await listPluginFiles(each, context.cwd);
    if (files?.length === 0) sources.push({ problems: [{ source: each, message: noPluginFiles }] });
    // The standard input can be read once only, and one after another is soon enough.
    for (const file of files ?? [each]) sources.push(await readSource(file, context));
  }
  return sources;
}

async function readSource(source: string, context: ReadingContext): Promise<LintSource> {
  const name = source === "-" ? "standard input" : source;
  const read = await readPluginText(source, context);
  return "refusal" in read ? { problems: [{ source: name, message: read.refusal }] } : { source: name, text: read.text };
}
