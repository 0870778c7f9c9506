import type { Readable } from "node:stream";
import type { ResultItem } from "../contract/result-item.ts";
import { isLeaf } from "../contract/result-item.ts";
import { cutText } from "./kept-text.ts";
import { loadYaml } from "./load-yaml.ts";
import { parseItem } from "./parse-item.ts";
import type { FileContent } from "./read-result-file.ts";
import type { ResultReader } from "./result-reader.ts";
import { feedReader, markUnread, StoppedReading } from "./result-reader.ts";
import { countLeaves, rollUp } from "./roll-up.ts";

/**
 * Reads a plugin's own result item (YAML, or JSON): its status, details and items become those of the file, its name goes into meta. Several documents
 * are items of the file. What is no YAML or no item is failed, with the line.
 */
export const readManual = (body: Readable): Promise<FileContent> => feedReader(createManualReader(), body);

function createManualReader(): ResultReader {
  let text = "";
  return {
    write: (piece) => {
      if (text.length + piece.length > maxCharacters) throw new StoppedReading(`The file has more than ${maxCharacters} characters.`);
      text += piece;
    },
    end: (problem) => (problem === undefined ? parseContent(text) : markUnread({}, problem)),
  };
}

const maxCharacters = 16 * 1024 ** 2;

function parseContent(text: string): FileContent {
  if (text.trim() === "") return markUnread({}, "The file is empty.");
  const loaded = loadYaml(text);
  if ("problem" in loaded) return markUnread({}, capitalize(loaded.problem));
  const items: ResultItem[] = [];
  for (const document of loaded.documents) {
    const parsed = parseItem(document, loaded.lineOf);
    if ("problem" in parsed) return markUnread({ items }, capitalize(parsed.problem));
    items.push(keepDeclared(parsed.item));
  }
  const [only, ...others] = items;
  if (!only) return markUnread({}, "The file is empty.");
  if (others.length > 0) return { items };
  const { name, meta, ...content } = only;
  return { ...content, meta: { ...meta, ...(name === "" ? {} : { name }) } };
}

/**
 * The status of an item with items is that of its leaves, so its own word would be lost: it stays in details.status, and a failure that no leaf shows
 * becomes a leaf.
 */
function keepDeclared(item: ResultItem): ResultItem {
  if (isLeaf(item)) return item;
  const items = (item.items ?? []).map(keepDeclared);
  const { status } = item;
  const counts = countLeaves({ ...item, items });
  const isFailure = status === "failed" || status === "timeout";
  if (isFailure && !counts["failed"] && !counts["timeout"]) {
    const error = `The plugin calls this ${status}, though nothing below it is.`;
    return { ...item, items: [...items, { name: item.name === "" ? "(the whole)" : item.name, status, details: { ...item.details, error } }] };
  }
  const rolledUp = rollUp({ ...item, items }).status;
  if (status === "" || status === rolledUp || isFailure) return { ...item, items };
  return { ...item, items, details: { status: cutText(status, 1000), ...item.details } };
}

const capitalize = (sentence: string): string => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
