import { readdir, stat } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { join, relative, sep } from "node:path";
import type { ArchiveWriter } from "../../core/archive/write-archive.ts";
import { createArchive } from "../../core/archive/write-archive.ts";
import { sonobuoyLayoutVersion } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { TarballStatus } from "../../core/contract/run-status.ts";
import type { Manifest } from "../../core/contract/tarball-layout.ts";
import { tarballPaths } from "../../core/contract/tarball-layout.ts";
import { buildRedactionReport } from "../../core/redaction/redaction-report.ts";
import { addPlugin } from "./add-plugin.ts";
import { readBytes } from "./open-upload.ts";
import type { SealInput } from "./seal-input.ts";

/** Name of a run's tarball: when it started (UTC), and its id. */
const tarballName = (spec: RunSpec, startedAt: Date): string => `${startedAt.toISOString().replaceAll(/[-:T]/g, "").slice(0, 12)}_asdic_${spec.runId}.tar.gz`;

/** Writes the tarball (design D6): manifest first, status near the end, index last; it appears under its name only when it is whole and synced. */
export async function seal(input: SealInput): Promise<TarballStatus> {
  const name = tarballName(input.spec, input.startedAt);
  const archive = await createArchive(join(input.folder, name));
  try {
    await archive.add(tarballPaths.manifest, renderJson(buildManifest(input)));
    await archive.add(tarballPaths.info, renderJson({ plugins: input.definitions.map((definition) => definition.name) }));
    await archive.add(tarballPaths.config, renderJson(buildConfig(input)));
    for (const definition of input.definitions) await addPlugin(archive, definition, input);
    await addTree(archive, input.treeFolder);
    await addFile(archive, tarballPaths.runLog, input.logFile);
    await addRedactionReport(archive, input);
    await archive.add(tarballPaths.status, renderJson(input.status));
    return { name, created: new Date().toISOString(), ...(await archive.finish()) };
  } catch (error) {
    await archive.abandon();
    throw error;
  }
}

const buildManifest = ({ spec, definitions, startedAt, redaction }: SealInput): Manifest => ({
  layoutVersion: 1,
  tool: { name: "asdic", version: spec.toolVersion },
  runId: spec.runId,
  namespace: spec.namespace,
  serverVersion: spec.serverVersion,
  startedAt: startedAt.toISOString(),
  ...(spec.snapshot && { snapshot: { when: spec.snapshot.when, redacted: false } }),
  redaction: spec.redaction && { privacy: spec.redaction.privacy, userRules: countRules(redaction) },
  plugins: definitions.map(({ name, driver, resultFormat, container }) => ({ name, driver, resultFormat, image: String(container["image"]) })),
});

const countRules = ({ redactor }: SealInput["redaction"]): number => redactor?.userRules?.ids.length ?? 0;

/** What was hidden where; nothing where nobody looked. */
async function addRedactionReport(archive: ArchiveWriter, { spec, redaction }: SealInput): Promise<void> {
  if (spec.redaction === false) return;
  const report = buildRedactionReport(redaction.tallies.all(), { privacy: spec.redaction.privacy, userRules: countRules(redaction) });
  await archive.add(tarballPaths.redaction, renderJson(report));
}

/** What Sonobuoy's reader looks for: the version that tells it the layout, and the run's identity. */
const buildConfig = ({ spec }: SealInput): object => ({
  Description: "asdic",
  UUID: spec.runId,
  Version: sonobuoyLayoutVersion,
  Namespace: spec.namespace,
  WorkerImage: spec.image,
  ImagePullPolicy: spec.imagePullPolicy,
  Server: { timeoutseconds: spec.runTimeoutSeconds },
  Plugins: spec.plugins.map((name) => ({ name })),
});

async function addTree(archive: ArchiveWriter, folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.toSorted()) await addFile(archive, relative(folder, path).split(sep).join("/"), path);
}

/** A file as it is now; what a log gains meanwhile is left out. */
async function addFile(archive: ArchiveWriter, name: string, path: string): Promise<void> {
  const { size } = await stat(path);
  if (size === 0) return archive.add(name, "");
  await archive.addStream(name, size, createReadStream(path, { end: size - 1, highWaterMark: readBytes }));
}

const renderJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
