import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import { readTarball } from "../../reports/read-tarball.ts";
import { extractedName } from "./extracted-name.ts";
import { findTarball, type TarballRequest } from "./find-tarball.ts";
import { parseEntryPatterns } from "./parse-entry-patterns.ts";
import { createRemoteSource } from "./remote-source.ts";
import { createTransferBar } from "./transfer-bar.ts";
import { writeEntry } from "./write-entry.ts";

export type EntriesRequest = TarballRequest & {
  readonly only: readonly string[];
  /** As typed; undefined: beside where the tarball would be, with its name without .tar.gz. */
  readonly folder: string | undefined;
  readonly cwd: string;
  /** Told of each file once it is whole. */
  readonly onFile: (path: string) => void;
};

/** `fetched` and `size` are bytes of the tarball, which it took and which there are. */
export type RetrievedEntries = { readonly name: string; readonly fetched: number; readonly size: number };

/**
 * Fetches only those entries of a run's tarball that the patterns fit, into a folder, in place of files of the same names there; each is held against its
 * checksum in the index before it has its name. KnownError "wrong-usage" when no entry fits; others as findTarball, createRemoteSource and writeEntry.
 */
export async function retrieveEntries(cluster: Cluster, { only, folder, cwd, onFile, ...request }: EntriesRequest): Promise<RetrievedEntries> {
  const isWanted = parseEntryPatterns(only);
  if (folder !== undefined) await requireFolder(folder, cwd);
  const { signal, pauses, output } = request;
  const { connection, tarball } = await findTarball(cluster, request);
  const source = createRemoteSource({ connection, tarball, signal, ...(pauses && { pauses }) });
  const place = { name: tarball.name, source };
  const names = new Set<string>();
  let [total, written] = [0, 0];
  await readTarball({ asItIs: place }, async ({ name, size }) => {
    names.add(name);
    if (isWanted(name)) total += size;
    return "more";
  });
  if (![...names].some(isWanted)) throw nothingFits(only, [...names]);
  const target = folder === undefined ? extractedName(resolve(cwd, tarball.name)) : resolve(cwd, folder);
  const partial = join(target, freeName(names));
  const bar = output === undefined ? undefined : createTransferBar(output, { name: tarball.name, size: total });
  try {
    await readTarball({ asItIs: place }, async ({ name, size, open }) => {
      if (!isWanted(name)) return "more";
      // The reader has checked that no name leads out of the folder.
      const path = join(target, name);
      await writeEntry({ path, body: await open(), partial }, signal);
      bar?.show((written += size));
      onFile(path);
      return "more";
    });
  } finally {
    bar?.end();
    await source.close();
  }
  return { name: tarball.name, fetched: source.fetched(), size: tarball.size };
}

async function requireFolder(folder: string, cwd: string): Promise<void> {
  const found = await stat(resolve(cwd, folder)).catch(() => undefined);
  if (found?.isDirectory() ?? !/\.(?:tar\.gz|tgz)$/.test(folder)) return;
  throw new KnownError("wrong-usage", `-o ${folder}: is no folder, and --only fetches files into one.`, {
    hint: "Name a folder by -o; it is made if it is not there.",
  });
}

/** A name that no entry has, so that none is taken for a part of another. */
function freeName(names: ReadonlySet<string>): string {
  let name = ".partial";
  while (names.has(name)) name += "_";
  return name;
}

const shownNames = 8;

/** Some of all parts of the tarball tell more than the first ones. */
function nothingFits(only: readonly string[], names: readonly string[]): KnownError {
  const step = Math.max(1, names.length / shownNames);
  const some = Array.from({ length: Math.min(shownNames, names.length) }, (_, at) => names[Math.floor(at * step)]);
  return new KnownError(
    "wrong-usage",
    `--only ${only.map((pattern) => JSON.stringify(pattern)).join(" ")}: fits nothing of the ${names.length} files in the tarball.`,
    {
      hint: `Some of its names: ${some.join(", ")}. \`*\` does not go past a "/", \`**\` does.`,
    },
  );
}
