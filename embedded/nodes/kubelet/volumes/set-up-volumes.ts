import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { buildFiles } from "./build-files.ts";
import { openEmptyDir } from "./empty-dir.ts";
import { openHostPath } from "./host-path.ts";
import { openClaim } from "./open-claim.ts";
import { AttachError, MountError } from "./mount-error.ts";
import type { MountSources } from "./mount-sources.ts";
import type { Volume } from "./volume.ts";
import { writeFiles } from "./write-files.ts";
import { messageOf } from "../../../to-error.ts";

/** Where each volume of a pod lies on this machine, and the FailedMount messages of those that can't be set up yet. */
export type VolumeSetUp = { readonly paths: ReadonlyMap<string, string>; readonly failures: readonly string[] };

/** Sets up every volume that a container mounts; again and again, as what they show changes. */
export async function setUpVolumes(sources: MountSources): Promise<VolumeSetUp> {
  const { spec } = sources.pod;
  const mounted = new Set([...(spec.initContainers ?? []), ...spec.containers].flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name)));
  const paths = new Map<string, string>();
  const failures: string[] = [];
  for (const volume of spec.volumes ?? []) {
    if (!mounted.has(volume.name)) continue;
    try {
      paths.set(volume.name, await setUp(sources, volume));
    } catch (error) {
      failures.push(describe(volume.name, error));
    }
  }
  return { paths, failures };
}

async function setUp(sources: MountSources, volume: Volume): Promise<string> {
  const { emptyDir, hostPath, persistentVolumeClaim } = volume;
  if (emptyDir !== undefined) return openEmptyDir(sources, volume);
  if (hostPath !== undefined) return openHostPath(sources.context.folders.root, hostPath.path, hostPath.type ?? "");
  if (persistentVolumeClaim !== undefined) return openClaim(sources, volume);
  const files = await buildFiles(sources, volume);
  if (files === undefined) throw new MountError("no volume plugin matched");
  const path = join(sources.folder, folderOf(volume), volume.name);
  await mkdir(path, { recursive: true });
  await writeFiles(path, files, { user: sources.user, fsGroup: sources.fsGroup });
  return path;
}

const folderOf = ({ configMap, secret, projected }: Volume): string =>
  `kubernetes.io~${configMap !== undefined ? "configmap" : secret !== undefined ? "secret" : projected !== undefined ? "projected" : "downward-api"}`;

function describe(volume: string, error: unknown): string {
  const message = messageOf(error);
  if (error instanceof AttachError) return `Unable to attach or mount volumes: ${message}`;
  return `MountVolume.SetUp failed for volume ${JSON.stringify(volume)} : ${message}`;
}
