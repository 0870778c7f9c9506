import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { RunStatus, TarballStatus } from "../../core/contract/run-status.ts";
import type { Output } from "../terminal/output.ts";
import { connectAggregator } from "../aggregator-connection.ts";
import { download } from "./download.ts";
import { hashFile } from "./hash-file.ts";
import { createTransferBar } from "./transfer-bar.ts";
import { tellPause } from "./tell-pause.ts";
import { tryAgain } from "./try-again.ts";

export type RetrieveRequest = {
  readonly namespace: string;
  /** File or folder, as typed; undefined: the tarball's own name, here. */
  readonly file: string | undefined;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Seconds before each try after one that failed; left out, the usual ones. */
  readonly pauses?: readonly number[];
  /** Where it is said how far the transfer is, and that it waits. */
  readonly output?: Output;
};

/** `fetched: false` when the very same tarball was there already. */
export type Retrieved = { readonly path: string; readonly fetched: boolean; readonly status: RunStatus };

/**
 * Fetches the tarball of a complete run. A file that is named is replaced; one that happens to have the tarball's own name is not, unless
 * it is this tarball. KnownError "not-finished" while the run goes on.
 */
export async function retrieveRun(cluster: Cluster, { namespace, file, cwd, signal, pauses, output }: RetrieveRequest): Promise<Retrieved> {
  const connection = await connectAggregator(cluster, namespace, signal);
  const status = await tryAgain(() => connection.readStatus(signal), { signal, pauses, onPause: output && tellPause(output) });
  const { tarball } = status;
  const loss = status.problems.find(({ code }) => code === "tarball-lost");
  if (loss !== undefined) throw new KnownError("aggregator-failed", `${loss.message}.`, loss.hint === undefined ? {} : { hint: loss.hint });
  if (status.phase !== "complete" || tarball === undefined)
    throw new KnownError("not-finished", `The run in namespace ${namespace} has no tarball yet.`, { hint: `Wait for it with \`asdic wait -n ${namespace}\`.` });
  const { path, isNamed } = await choosePath(tarball, { file, cwd });
  if (await isSame(path, tarball)) return { path, fetched: false, status };
  if (!isNamed && (await statOf(path)) !== undefined)
    throw new KnownError("invalid-file", `${path}: is there already and is something else, so it was not replaced.`, {
      hint: "Choose another name by -o, which also replaces a file.",
    });
  const bar = output === undefined ? undefined : createTransferBar(output, tarball);
  try {
    await download({ connection, tarball, path, signal, ...(pauses && { pauses }), ...(bar && { onProgress: bar.show }) });
  } finally {
    bar?.end();
  }
  return { path, fetched: true, status };
}

async function choosePath(
  tarball: TarballStatus,
  { file, cwd }: { readonly file: string | undefined; readonly cwd: string },
): Promise<{ readonly path: string; readonly isNamed: boolean }> {
  const name = parseTarballName(tarball.name);
  if (file === undefined) return { path: resolve(cwd, name), isNamed: false };
  const path = resolve(cwd, file);
  const isFolder = (await statOf(path))?.isDirectory() === true;
  return isFolder ? { path: join(path, name), isNamed: false } : { path, isNamed: true };
}

/** The aggregator could be anybody's; its word must not choose a folder. */
function parseTarballName(name: string): string {
  if (/^[A-Za-z0-9][-\w.]*\.tar\.gz$/.test(name)) return name;
  throw new KnownError("transfer-failed", `The aggregator names its tarball ${JSON.stringify(name)}, which is no plain file name.`, {
    hint: "Name the file by -o.",
  });
}

async function isSame(path: string, tarball: TarballStatus): Promise<boolean> {
  const there = await statOf(path);
  if (there?.isFile() !== true || there.size !== tarball.size) return false;
  return (await hashFile(path))?.hash.digest("hex") === tarball.sha256;
}

const statOf = (path: string) => stat(path).catch(() => undefined);
