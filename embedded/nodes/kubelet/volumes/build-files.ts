import { buildDownwardFiles } from "./downward-files.ts";
import { buildKeyedFiles } from "./keyed-files.ts";
import type { MountSources } from "./mount-sources.ts";
import { buildTokenFile } from "./token-file.ts";
import type { ProjectedSource, Volume, VolumeFile } from "./volume.ts";

/** The files of a volume that the kubelet writes itself; undefined for any other volume. Rejects with MountError. */
export async function buildFiles(sources: MountSources, volume: Volume): Promise<readonly VolumeFile[] | undefined> {
  const { api } = sources.context;
  const { namespace } = sources.pod.metadata;
  const { configMap, secret, projected, downwardAPI } = volume;
  if (configMap !== undefined) return buildKeyedFiles(api, { ...configMap, kind: "ConfigMap", namespace });
  if (secret !== undefined) return buildKeyedFiles(api, { ...secret, kind: "Secret", namespace, name: secret.secretName });
  if (downwardAPI !== undefined) return buildDownwardFiles(sources.fields, downwardAPI.items ?? [], downwardAPI.defaultMode ?? 0o644);
  if (projected === undefined) return undefined;
  const files: VolumeFile[] = [];
  for (const source of projected.sources ?? []) files.push(...(await buildProjected(sources, source, projected.defaultMode ?? 0o644)));
  // Where two sources write the same path, the later one wins.
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

async function buildProjected(sources: MountSources, source: ProjectedSource, mode: number): Promise<readonly VolumeFile[]> {
  const { api } = sources.context;
  const { namespace } = sources.pod.metadata;
  const { serviceAccountToken, configMap, secret, downwardAPI } = source;
  if (serviceAccountToken !== undefined) return [await buildTokenFile(sources, serviceAccountToken, mode)];
  if (configMap !== undefined) return buildKeyedFiles(api, { ...configMap, kind: "ConfigMap", namespace }, mode);
  if (secret !== undefined) return buildKeyedFiles(api, { ...secret, kind: "Secret", namespace }, mode);
  return buildDownwardFiles(sources.fields, downwardAPI?.items ?? [], mode);
}
