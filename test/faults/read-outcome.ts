import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { buffer } from "node:stream/consumers";
import { readArchive } from "../../core/archive/read-archive.ts";
import type { ResultStatus, RunStatus } from "../../core/contract/run-status.ts";
import { runStatusSchema } from "../../core/contract/run-status.ts";
import type { ErrorFile } from "../../core/contract/tarball-layout.ts";
import { errorFileSchema, tarballPaths } from "../../core/contract/tarball-layout.ts";

/** What a tarball says of a run. */
export type Outcome = {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly status: RunStatus;
  readonly log: readonly LogLine[];
  result(plugin: string, node: string): ResultStatus;
  /** What is said of a result that did not come as it should. */
  error(plugin: string, node: string): ErrorFile;
};
export type LogLine = { readonly time: string; readonly msg: string; readonly plugin?: string; readonly node?: string; readonly container?: string };

/** Reads a whole tarball; fails where one of the files that every tarball has is missing or is not what it should be. */
export async function readOutcome(tarball: string): Promise<Outcome> {
  const files = new Map<string, Buffer>();
  for await (const { name, body } of readArchive(createReadStream(tarball))) files.set(name, await buffer(body));
  const read = (name: string): string => String(files.get(name) ?? assert.fail(`${name} is not in the tarball`));
  const status = runStatusSchema.parse(JSON.parse(read(tarballPaths.status)));
  return {
    files,
    status,
    log: read(tarballPaths.runLog).trimEnd().split("\n").map(parseLogLine),
    result: (plugin, node) =>
      status.results.find((result) => result.plugin === plugin && result.node === node) ?? assert.fail(`nothing is said of ${plugin} on ${node}`),
    error: (plugin, node) => errorFileSchema.parse(JSON.parse(read(tarballPaths.error(plugin, node)))),
  };
}

const parseLogLine = (line: string): LogLine => JSON.parse(line) as LogLine;
