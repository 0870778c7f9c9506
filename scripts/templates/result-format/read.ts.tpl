import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { ResultItem } from "../contract/result-item.ts";
import type { FileContent } from "./read-result-file.ts";

/** Lines `ok NAME` and `not ok NAME` as items, in their order; any other line is passed over. Its source, and what a broken file gives. */
export async function read{{pascal}}(body: Readable): Promise<FileContent> {
  const items: ResultItem[] = [];
  for await (const line of createInterface({ input: body, crlfDelay: Infinity })) {
    const { word, name } = /^(?<word>ok|not ok) (?<name>.+)$/.exec(line)?.groups ?? {};
    if (name !== undefined) items.push({ name, status: word === "ok" ? "passed" : "failed" });
  }
  return items.length === 0 ? { status: "unknown", details: { error: "The file holds no results." } } : { items };
}
