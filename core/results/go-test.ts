import type { Readable } from "node:stream";
import type { FileContent } from "./read-result-file.ts";
import type { ResultReader } from "./result-reader.ts";
import { feedReader, markUnread } from "./result-reader.ts";
import { parseGoLine } from "./go-event.ts";
import { buildGoTree } from "./go-tree.ts";
import { splitLines } from "./split-lines.ts";

/**
 * Reads the events of `go test -json` (test2json), one a line. Lines that are none are counted in details.ignored-lines; JSON of another kind is skipped with
 * a reason, and a file without a single event is failed.
 */
export const readGoTest = (body: Readable): Promise<FileContent> => feedReader(createGoTestReader(), body);

function createGoTestReader(): ResultReader {
  const tree = buildGoTree();
  let hasEvents = false;
  let ignored = 0;
  let start = "";
  const lines = splitLines((line) => {
    if (line.trim() === "") return;
    const events = parseGoLine(line);
    if (!events) ignored++;
    else {
      hasEvents = true;
      start = "";
      for (const event of events) tree.take(event);
    }
  });
  return {
    write: (text) => {
      if (!hasEvents && start.length < maxStart) start += text;
      lines.write(text);
    },
    end: (problem) => {
      const passedOver = lines.end();
      ignored += passedOver;
      if (!hasEvents && problem === undefined) return describeOther(start, ignored);
      const content = { items: tree.end(), ...(ignored === 0 ? {} : { details: { "ignored-lines": ignored } }) };
      return problem === undefined ? content : markUnread(content, problem);
    },
  };
}

const maxStart = 16 * 1024 ** 2;

/** Another JSON file that lies beside the results must not fail the plugin; output of a program that could not even start must. */
function describeOther(text: string, lines: number): FileContent {
  if (lines === 0) return markUnread({}, "The file is empty.");
  try {
    JSON.parse(text);
  } catch {
    return markUnread({}, `None of the file's ${lines} lines is an event of \`go test -json\`. It begins: ${text.trim().slice(0, 2000)}`);
  }
  return { status: "skipped", details: { skipped: "This is no output of `go test -json`, but JSON of another kind." } };
}
