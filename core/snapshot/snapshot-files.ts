import type { Json } from "../contract/json.ts";
import { redactFile } from "../redaction/files/redact-file.ts";
import { parseJsonText, redactParsed } from "../redaction/objects/redact-json-text.ts";
import { redactPath } from "../redaction/redact-path.ts";
import { addDefinitions, type Redactor } from "../redaction/redactor.ts";
import { createTally } from "../redaction/tally.ts";
import type { Tally } from "../redaction/tally.ts";
import { redactText } from "../redaction/text/redact-text.ts";
import { redactLog } from "./redact-log.ts";
import type { SnapshotRedaction } from "./snapshot-redaction.ts";
import type { SnapshotWriter } from "./snapshot-writer.ts";

/** Why a file could not be written; what was being read is not at fault, and a snapshot ends. */
export class WritingFailure extends Error {
  override readonly name = "WritingFailure";
}

/** The JSON that may be written, and, where it had to be parsed, what it was before. */
export type CleanObject = { readonly text: Buffer; readonly open?: Json };

/** The one door to a snapshot's files: it counts, hides secrets, and says whose fault it is when a file does not come about. */
export type SnapshotFiles = SnapshotWriter & {
  /** An object of the list `name` without its secrets; undefined for what is no JSON or fails a rule, which the report then says of that file. */
  cleanObject(name: string, object: Buffer): CleanObject | undefined;
  /** Writes a list whose objects have gone through `cleanObject`. */
  putList: SnapshotWriter["put"];
  /** From now on fields that these definitions of custom resources mark as secret are hidden. */
  learn(definitions: readonly Json[]): void;
  readonly cleanText: (text: string) => string;
  readonly writtenBytes: () => number;
};

/**
 * Without `redaction` everything goes to `writer` as it came. `put` throws WritingFailure for the writer's errors, and those of a stream as they are; a stream
 * is a log.
 */
export function createFiles(writer: SnapshotWriter, redaction?: SnapshotRedaction): SnapshotFiles {
  const counter = createCounter(writer);
  if (redaction === undefined)
    return {
      ...counter,
      learn: () => undefined,
      cleanObject: (_name, text) => ({ text }),
      putList: (name, content) => counter.put(name, content),
      cleanText: (text) => text,
    };
  const { onFile } = redaction;
  let { redactor } = redaction;
  const lists = new Map<string, Tally>();
  const write = async (name: string, content: Buffer | AsyncIterable<Buffer>, tally: Tally): Promise<void> => {
    const path = redactPath(redactor, name, tally);
    await counter.put(path, content);
    onFile({ name: path, tally, isKept: false });
  };
  return {
    ...counter,
    learn: (definitions) => void (redactor = addDefinitions(redactor, definitions)),
    cleanText: (text) => cleanText(redactor, text),
    cleanObject: (name, object) => {
      const tally = lists.get(name) ?? createTally();
      lists.set(name, tally);
      return cleanObject(redactor, object, tally);
    },
    putList: async (name, content) => {
      await write(name, content, lists.get(name) ?? createTally());
      lists.delete(name);
    },
    put: async (name, content) => {
      const tally = createTally();
      await write(name, Buffer.isBuffer(content) ? await redactFile(redactor, { name, content }, tally) : redactLog(redactor, content, tally), tally);
    },
  };
}

function cleanObject(redactor: Redactor, object: Buffer, tally: Tally): CleanObject | undefined {
  const text = object.toString("utf8");
  try {
    const open = parseJsonText(text);
    if (open !== undefined) {
      const clean = redactParsed(redactor, { text, value: open }, { tally, depth: 0 });
      return { text: clean === text ? object : Buffer.from(clean), open };
    }
    tally.dropped.push("an object in it is no JSON");
  } catch {
    tally.dropped.push("a rule failed on an object in it");
  }
  return undefined;
}

function cleanText(redactor: Redactor, text: string): string {
  try {
    return redactText(redactor, text, { tally: createTally() });
  } catch {
    return "left out, because a rule failed on it";
  }
}

type Counter = SnapshotWriter & { readonly writtenBytes: () => number };

function createCounter(writer: SnapshotWriter): Counter {
  let writtenBytes = 0;
  return {
    writtenBytes: () => writtenBytes,
    put: async (name, content) => {
      const source: { failure?: { readonly error: unknown } } = {};
      async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        try {
          for await (const chunk of chunks) {
            writtenBytes += chunk.length;
            yield chunk;
          }
        } catch (error) {
          source.failure = { error };
          throw error;
        }
      }
      if (Buffer.isBuffer(content)) writtenBytes += content.length;
      await writer.put(name, Buffer.isBuffer(content) ? content : counted(content)).catch((error: unknown) => {
        if (source.failure) throw source.failure.error;
        throw new WritingFailure(error instanceof Error ? error.message : String(error), { cause: error });
      });
    },
  };
}
