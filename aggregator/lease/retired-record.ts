import { gunzipSync, gzipSync } from "node:zlib";
import type { RetiredResult } from "../../core/contract/inheritance.ts";
import { retiredResultsSchema } from "../../core/contract/inheritance.ts";
import { annotations } from "../../core/contract/names.ts";
import type { ExpectedResult } from "../state/expected-results.ts";
import type { Lease } from "./hold-lease.ts";

/** Which results nobody but this aggregator holds, written down on the Lease for the one that may come after it. */
export type RetiredRecord = {
  /** Resolves when it is written down, after which the pod may be removed. */
  add(result: ExpectedResult): Promise<void>;
};

/** All annotations of an object share 256 KiB. What does not fit is run again if this aggregator is lost. */
const longestRecord = 180 * 1024;

const largestRecord = 16 * 1024 * 1024;

/** A record that goes on from the one that was inherited. */
export function createRetiredRecord(lease: Pick<Lease, "annotate" | "inheritance">): RetiredRecord {
  const retired = [...parseRetired(lease.inheritance)];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    // One turn of the event loop gathers what ends together.
    await new Promise((resolve) => setImmediate(resolve));
    next = undefined;
    const text = gzipSync(JSON.stringify(retired)).toString("base64");
    if (text.length <= longestRecord) await lease.annotate({ [annotations.retired]: text });
  };
  return {
    add({ plugin, node, problem }) {
      retired.push({ plugin, node, ...(problem && { code: problem.code }) });
      // What ends while one is written shares the next: each holds all that there are.
      next ??= last = last.catch(() => undefined).then(write);
      return next;
    },
  };
}

/** What an earlier aggregator had written; a text that is somebody else's counts for nothing. */
export function parseRetired(inheritance: Lease["inheritance"]): readonly RetiredResult[] {
  try {
    const text = inheritance[annotations.retired];
    return text === undefined
      ? []
      : retiredResultsSchema.parse(JSON.parse(gunzipSync(Buffer.from(text, "base64"), { maxOutputLength: largestRecord }).toString()));
  } catch {
    return [];
  }
}
