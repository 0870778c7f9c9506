import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { ResultItem } from "../../core/contract/result-item.ts";
import { tarballPaths } from "../../core/contract/tarball-layout.ts";
import { boundCounts } from "../../core/results/bound-counts.ts";
import { readResultFile } from "../../core/results/read-result-file.ts";
import { countLeaves, rollUp, rollUpCounts } from "../../core/results/roll-up.ts";
import { isResultFile } from "../../core/results/select-result-files.ts";
import type { Guard } from "../redaction/guard.ts";
import type { AcceptedUpload } from "../state/accepted-upload.ts";
import { readUpload } from "./read-upload.ts";

/** What a result means: its status and how many leaves have which. Its items lie beside it in the spool, so that memory stays flat. */
export type ProcessedResult = { readonly resultStatus: string; readonly resultCounts: Record<string, number> };

/** Reads an accepted upload as its plugin's format says and writes the items beside it in the spool. */
export async function processResult(input: {
  readonly upload: AcceptedUpload;
  readonly definition: PluginDefinition;
  readonly node: string;
  readonly spoolFolder: string;
  /** Hides secrets in JSON: the files of a conformance run keep theirs, and what is told of them must not. */
  readonly clean: Guard["json"];
}): Promise<ProcessedResult> {
  const { upload, definition, node, spoolFolder, clean } = input;
  const folder = tarballPaths.results(definition.name, node).slice(`plugins/${definition.name}/`.length);
  const items: ResultItem[] = [];
  const { resultFormat: format } = definition;
  for await (const { name, body } of readUpload(upload, spoolFolder)) {
    // A raw file is a result by being there, and its bytes were compared with their digest when they came.
    const read = format === "raw" ? Readable.from([]) : body;
    if (isResultFile(definition, basename(name))) items.push(await readResultFile({ format, name: `${folder}/${name}`, body: read }));
    body.destroy();
  }
  await writeFile(itemsPath(spoolFolder, upload), clean(JSON.stringify(items)));
  const whole = rollUp({ name: node, status: "", items });
  if (items.length === 0) return { resultStatus: whole.status, resultCounts: {} };
  const counts = boundCounts(new Map(Object.entries(countLeaves(whole))));
  return { resultStatus: rollUpCounts(counts), resultCounts: Object.fromEntries(counts) };
}

/** Where the items of a processed upload lie. */
export const itemsPath = (spoolFolder: string, { file, offset }: AcceptedUpload): string =>
  join(spoolFolder, `${file}${offset === undefined ? "" : `.${offset}`}.items.json`);
