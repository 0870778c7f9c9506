import { basename } from "node:path/posix";
import type { Readable } from "node:stream";
import type { ResultFormat } from "../contract/plugin-definition.ts";
import type { ResultItem } from "../contract/result-item.ts";
import { readGoTest } from "./go-test.ts";
import { readJunit } from "./junit.ts";
import { readManual } from "./manual.ts";
import { readRaw } from "./raw.ts";
import { markUnread } from "./result-reader.ts";
import { rollUp } from "./roll-up.ts";

/**
 * A plugin's file as an item of type file, rolled up; `name` is its path in the plugin's folder (results/<node>/…). Never throws: what can't be read is a
 * failed item with details.error, beside all that could.
 */
export async function readResultFile(file: { readonly format: ResultFormat; readonly name: string; readonly body: Readable }): Promise<ResultItem> {
  const {
    status = "",
    meta,
    ...content
  } = await readers[file.format](file.body).catch((error: unknown) => markUnread({}, error instanceof Error ? error.message : String(error)));
  return rollUp({ name: basename(file.name), status, meta: { ...meta, file: file.name, type: "file" }, ...content });
}

/** What a result file holds: its items or, when it has none, the status of the file itself. */
export type FileContent = Partial<Pick<ResultItem, "status" | "meta" | "details" | "items">>;

const readers: { readonly [Format in ResultFormat]: (body: Readable) => Promise<FileContent> } = {
  junit: readJunit,
  gojson: readGoTest,
  manual: readManual,
  raw: readRaw,
};
