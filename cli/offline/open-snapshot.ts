import { stat } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { KnownError } from "../../core/contract/known-error.ts";
import { snapshotCoverageSchema, type SnapshotCoverage } from "../../core/contract/snapshot-coverage.ts";
import { snapshotKindSchema, type SnapshotKind } from "../../core/contract/snapshot-kind.ts";
import { tarballPaths } from "../../core/contract/tarball-layout.ts";
import { readTarball, type TarballEntry } from "../../reports/read-tarball.ts";
import { parseSnapshotPath, type ListFile, type LogFile } from "./parse-snapshot-path.ts";
import { readLogEnd } from "./read-log-end.ts";

/** What a tarball holds of a cluster: which files, in its order, and what is said of them. Nothing of the objects and logs has been read. */
export type OpenedSnapshot = {
  readonly path: string;
  readonly lists: readonly ListFile[];
  readonly logs: readonly LogFile[];
  /** What the API server served; undefined in Sonobuoy's tarballs. */
  readonly kinds: readonly SnapshotKind[] | undefined;
  readonly coverage: SnapshotCoverage | undefined;
  /** When the last of it was read. */
  readonly takenAt: Date;
};

/** Whether the snapshot from before the plugins is wanted, where there is one from after them too. */
export type SnapshotMoment = { readonly isBefore: boolean };

/** Looks at a tarball (asdic's or Sonobuoy's), or a folder that one was extracted to; KnownError "invalid-file" or "invalid-tarball" naming it, also when nothing of a cluster is in it. */
export async function openSnapshot(path: string, { isBefore }: SnapshotMoment): Promise<OpenedSnapshot> {
  const prefix = isBefore ? tarballPaths.before : "";
  const lists: ListFile[] = [];
  const logs: LogFile[] = [];
  const found: Partial<Record<Fact, string>> = {};
  let logEnd: string | undefined;
  await readTarball({ asItIs: path }, async (entry) => {
    const part = entry.name.startsWith(prefix) ? parseSnapshotPath(entry.name, entry.name.slice(prefix.length)) : undefined;
    if (part && "pod" in part) logs.push(part);
    else if (part) lists.push(part);
    else if (entry.name === prefix + tarballPaths.kinds) found.kinds = await readFact(path, entry);
    else if (entry.name === prefix + tarballPaths.snapshot) found.coverage = await readFact(path, entry);
    else if (entry.name === tarballPaths.runLog) logEnd = await readLogEnd(await entry.open());
    return "more";
  });
  if (lists.length === 0 && logs.length === 0 && found.coverage === undefined) throw nothingIn(path, isBefore);
  const coverage = found.coverage === undefined ? undefined : parse(snapshotCoverageSchema, { path, name: tarballPaths.snapshot, content: found.coverage });
  return {
    path,
    lists,
    logs,
    kinds: found.kinds === undefined ? undefined : parse(snapshotKindSchema.array(), { path, name: tarballPaths.kinds, content: found.kinds }),
    coverage,
    takenAt: parseMoment(coverage?.finishedAt) ?? parseMoment(logEnd) ?? (await stat(path)).mtime,
  };
}

type Fact = "kinds" | "coverage";

const maxFactBytes = 64 * 1024 ** 2;

async function readFact(path: string, entry: TarballEntry): Promise<string> {
  if (entry.size > maxFactBytes) throw broken(path, entry.name, "is too large to be what its name says");
  return text(await entry.open());
}

type Schema<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } };

function parse<T>(schema: Schema<T>, { path, name, content }: { readonly path: string; readonly name: string; readonly content: string }): T {
  try {
    const parsed = schema.safeParse(JSON.parse(content));
    if (parsed.success) return parsed.data;
  } catch {
    // It is no JSON.
  }
  throw broken(path, name, "is not as asdic writes it");
}

function parseMoment(moment: string | undefined): Date | undefined {
  const date = new Date(moment ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const broken = (path: string, name: string, what: string): KnownError =>
  new KnownError("invalid-tarball", `${path}: ${name} ${what}.`, {
    hint: "If a newer asdic wrote it, read it with that version; else fetch the tarball again.",
  });

const nothingIn = (path: string, isBefore: boolean): KnownError =>
  new KnownError("invalid-tarball", `${path}: holds no ${isBefore ? "snapshot from before the plugins" : "objects of a cluster"}.`, {
    hint: isBefore
      ? "Leave --before out, or take one with `asdic run --snapshot=both`."
      : "Take a snapshot with `asdic snapshot`, or with `asdic run --snapshot`.",
  });
