import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { TarballStatus } from "../../core/contract/run-status.ts";
import { download } from "./download.ts";
import { findTarball, type TarballRequest } from "./find-tarball.ts";
import { hashFile } from "./hash-file.ts";
import { createTransferBar } from "./transfer-bar.ts";

export type RetrieveRequest = TarballRequest & {
  /** File or folder, as typed; undefined: the tarball's own name, here. */
  readonly file: string | undefined;
  readonly cwd: string;
};

/** `fetched: false` when the very same tarball was there already. */
export type Retrieved = { readonly path: string; readonly fetched: boolean };

/**
 * Fetches the tarball of a complete run. A file that is named is replaced; one that happens to have the tarball's own name is not, unless
 * it is this tarball. KnownErrors as findTarball and download.
 */
export async function retrieveRun(cluster: Cluster, { file, cwd, ...request }: RetrieveRequest): Promise<Retrieved> {
  const { signal, pauses, output } = request;
  const { connection, tarball } = await findTarball(cluster, request);
  const { path, isNamed } = await choosePath(tarball, { file, cwd });
  if (await isSame(path, tarball)) return { path, fetched: false };
  if (!isNamed && (await statOf(path)) !== undefined)
    throw new KnownError("invalid-file", `${path}: is there already and is something else, so it was not replaced.`, {
      hint: "Choose another name by -o, which also replaces a file.",
    });
  const bar = output === undefined ? undefined : createTransferBar(output, tarball);
  let there = 0;
  const onProgress = (size: number, before: number): void => {
    if (there === 0 && before > 0) output?.err(`${before} bytes of it had come before; going on from there.\n`);
    there = size;
    bar?.show(size);
  };
  try {
    await download({ connection, tarball, path, signal, onProgress, ...(pauses && { pauses }) });
  } catch (error) {
    throw signal.aborted && there > 0 ? interrupted({ there, tarball }, request.namespace, file) : error;
  } finally {
    bar?.end();
  }
  return { path, fetched: true };
}

async function choosePath(
  tarball: TarballStatus,
  { file, cwd }: { readonly file: string | undefined; readonly cwd: string },
): Promise<{ readonly path: string; readonly isNamed: boolean }> {
  const { name } = tarball;
  if (file === undefined) return { path: resolve(cwd, name), isNamed: false };
  const path = resolve(cwd, file);
  const isFolder = (await statOf(path))?.isDirectory() === true;
  return isFolder ? { path: join(path, name), isNamed: false } : { path, isNamed: true };
}

function interrupted({ there, tarball }: { readonly there: number; readonly tarball: TarballStatus }, namespace: string, file: string | undefined): KnownError {
  const named = file === undefined ? "" : ` -o ${/^[\w./-]+$/.test(file) ? file : "FILE"}`;
  return new KnownError("interrupted", `Interrupted. ${there} of ${tarball.size} bytes of ${tarball.name} have come and are kept.`, {
    hint: `\`asdic retrieve -n ${namespace}${named}\` goes on from there.`,
  });
}

async function isSame(path: string, tarball: TarballStatus): Promise<boolean> {
  const there = await statOf(path);
  if (there?.isFile() !== true || there.size !== tarball.size) return false;
  return (await hashFile(path))?.hash.digest("hex") === tarball.sha256;
}

const statOf = (path: string) => stat(path).catch(() => undefined);
