import { readdir, stat } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import type { ArchiveWriter } from "../../core/archive/write-archive.ts";
import { createArchive } from "../../core/archive/write-archive.ts";
import { sonobuoyLayoutVersion } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import type { TarballStatus } from "../../core/contract/run-status.ts";
import type { Manifest } from "../../core/contract/tarball-layout.ts";
import { tarballPaths } from "../../core/contract/tarball-layout.ts";
import { buildRedactionReport, type Verified } from "../../core/redaction/redaction-report.ts";
import type { Leak } from "../../core/redaction/verify-archive.ts";
import { guardArchive, guardPath } from "../redaction/guard-archive.ts";
import { searchAgain } from "../redaction/search-again.ts";
import { addPlugin } from "./add-plugin.ts";
import { readBytes } from "./open-upload.ts";
import type { SealInput } from "./seal-input.ts";

/** Name of a run's tarball: when it started (UTC), and its id. */
const tarballName = (spec: RunSpec, startedAt: Date): string => `${startedAt.toISOString().replaceAll(/[-:T]/g, "").slice(0, 12)}_asdic_${spec.runId}.tar.gz`;

/** Writes the tarball (design D6): manifest first, status near the end, what was hidden behind it, index last; it appears under its name only when it is whole and synced. */
export async function seal(input: SealInput): Promise<TarballStatus & { readonly leaks: readonly Leak[] }> {
  const name = tarballName(input.spec, input.startedAt);
  const archive = guardArchive(await createArchive(join(input.folder, name)), input.redaction);
  try {
    await archive.add(tarballPaths.manifest, renderJson(buildManifest(input)));
    await archive.add(tarballPaths.info, renderJson({ plugins: input.definitions.map((definition) => definition.name) }));
    await archive.add(tarballPaths.config, renderJson(buildConfig(input)));
    const searched = new Set<string>();
    for (const definition of input.definitions) await addPlugin(archive, definition, { ...input, searched });
    await addTree(archive, input.treeFolder);
    await addFile(archive, tarballPaths.runLog, input.logFile);
    const verified = await verify(archive, input, searched);
    const leaks = verified?.leaks ?? [];
    await archive.add(tarballPaths.status, renderJson(input.statusWith(leaks)));
    await addRedactionReport(archive, input, verified);
    return { name, leaks, created: new Date().toISOString(), ...(await archive.finish()) };
  } catch (error) {
    await archive.abandon();
    throw error;
  }
}

const buildManifest = ({ spec, definitions, startedAt, clusterUid, namespaceUid, redaction }: SealInput): Manifest => ({
  layoutVersion: 1,
  tool: { name: "asdic", version: spec.toolVersion },
  runId: spec.runId,
  namespace: spec.namespace,
  serverVersion: spec.serverVersion,
  startedAt: startedAt.toISOString(),
  ...(spec.command !== undefined && { command: spec.command }),
  ...(clusterUid !== undefined && { clusterUid }),
  ...(namespaceUid !== undefined && { namespaceUid }),
  ...(spec.snapshot && { snapshot: { when: spec.snapshot.when, redacted: spec.redaction !== false } }),
  redaction: spec.redaction && { privacy: spec.redaction.privacy, userRules: countRules(redaction) },
  plugins: definitions.map(({ name, driver, resultFormat, container }) => ({ name, driver, resultFormat, image: String(container["image"]) })),
});

const countRules = ({ redactor }: SealInput["redaction"]): number => redactor?.userRules?.ids.length ?? 0;

/** Everything that stands in front of it is searched again; nothing where nobody is to look. */
async function verify(
  archive: ArchiveWriter,
  { redaction: { redactor, tallies, guard, logGuard }, log, signal }: SealInput,
  searched: ReadonlySet<string>,
): Promise<Verified | undefined> {
  tallies.add({ name: tarballPaths.status, tally: guard.tally, isKept: false });
  tallies.add({ name: tarballPaths.runLog, tally: logGuard.tally, isKept: false });
  if (redactor === undefined) return undefined;
  // Whoever packed these has searched them, and what was written anew twice.
  const trusted = new Set([...searched].map((folder) => guardPath(redactor, folder)));
  const isTrusted = (name: string): boolean => trusted.has(name.split("/", 4).join("/"));
  const verified = await searchAgain(archive, { redactor, isTrusted, signal });
  const { files, bytes, milliseconds, leaks } = verified;
  log.info("tarball searched again", { files, bytes, passedOver: verified.trusted.bytes, milliseconds, leaks: leaks.length });
  for (const { file, rule, count } of leaks.slice(0, loggedLeaks)) log.warn("a secret is still there", { file, rule, count });
  return verified;
}

const loggedLeaks = 50;

/** What was hidden where; nothing where nobody looked. */
async function addRedactionReport(archive: ArchiveWriter, { spec, redaction }: SealInput, verified: Verified | undefined): Promise<void> {
  const { redactor } = redaction;
  if (spec.redaction === false || redactor === undefined) return;
  const { privacy } = spec.redaction;
  const files = redaction.tallies.all().map(({ name, ...file }) => ({ ...file, name: guardPath(redactor, name) }));
  const report = { ...buildRedactionReport(files, { privacy, userRules: countRules(redaction) }), verified };
  const content = Buffer.from(renderJson(report));
  // It holds no value, and what rules with "password" in their names have counted would be taken for one.
  await archive.addStream(tarballPaths.redaction, content.length, Readable.from([content]));
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
