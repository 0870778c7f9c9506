import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { PollRequest } from "../core/contract/worker-wire.ts";
import { openInside } from "./open-inside.ts";
import { watchFolder } from "./watch-folder.ts";

/** The done file at one moment. `text` is its content without surrounding white space; without it, `problem` says why it can't be read. */
export type DoneFile = { readonly fingerprint: string } & ({ readonly text: string } | { readonly problem: string });

export const doneFileName = "done";

/** A path is at most 4096 bytes long; more is no path. */
const maxDoneBytes = 8192;

/**
 * Waits until a done file has stayed the same for `settleMilliseconds`; one that changes or vanishes starts the wait again. `collect` ends it
 * at once with what is there, undefined if nothing is; so does `signal`, but then nobody should look at it.
 */
export async function waitForDone(options: {
  readonly resultsDir: string;
  readonly settleMilliseconds: number;
  readonly recheckMilliseconds: number;
  readonly collect: AbortSignal;
  readonly signal: AbortSignal;
  readonly onState: (state: PollRequest["state"]) => void;
}): Promise<DoneFile | undefined> {
  const { resultsDir, settleMilliseconds, recheckMilliseconds, collect, signal } = options;
  const watch = watchFolder(resultsDir, doneFileName, AbortSignal.any([signal, collect]));
  let seen: DoneFile | undefined;
  let since = 0;
  try {
    for (;;) {
      watch.start();
      const isLastLook = collect.aborted || signal.aborted;
      const now = await readDoneFile(resultsDir);
      if (isLastLook) return now;
      if (now?.fingerprint !== seen?.fingerprint) {
        seen = now;
        since = performance.now();
        options.onState(now === undefined ? "waiting" : "settling");
      }
      const left = since + settleMilliseconds - performance.now();
      if (seen !== undefined && left <= 0) return seen;
      await watch.change(seen === undefined ? recheckMilliseconds : Math.min(recheckMilliseconds, left));
    }
  } finally {
    watch.close();
  }
}

/** The done file as it is now, undefined when there is none. */
async function readDoneFile(resultsDir: string): Promise<DoneFile | undefined> {
  const path = join(resultsDir, doneFileName);
  const link = await lstat(path, { bigint: true }).catch(() => undefined);
  if (link === undefined) return undefined;
  const fingerprint = `${link.ino} ${link.size} ${link.mtimeNs}`;
  try {
    const { handle, stats } = await openInside(resultsDir, path);
    try {
      if (!stats.isFile()) return { fingerprint, problem: "is a folder" };
      if (stats.size > maxDoneBytes) return { fingerprint, problem: "is too long to be a path" };
      const text = (await handle.readFile("utf8")).trim();
      return { fingerprint: `${fingerprint} ${text}`, text };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { fingerprint, problem: error instanceof Error ? error.message : "can't be read" };
  }
}
