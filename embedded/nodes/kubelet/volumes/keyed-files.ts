import type { Api } from "../../../api/registry/api.ts";
import { readKeys } from "../environment/read-keys.ts";
import { MountError } from "./mount-error.ts";
import type { KeyedSource, VolumeFile } from "./volume.ts";

export type KeyedVolume = { readonly kind: "ConfigMap" | "Secret"; readonly namespace: string; readonly name: string } & KeyedSource;

/** The files that a ConfigMap or Secret makes in a volume. Throws MountError with the kubelet's words for an object or key that isn't there and isn't optional. */
export function buildKeyedFiles(api: Api, volume: KeyedVolume, defaultMode = 0o644): readonly VolumeFile[] {
  const { kind, namespace, name, items, optional } = volume;
  const mode = volume.defaultMode ?? defaultMode;
  const found = readKeys(api, { kind, namespace, name });
  if (found === undefined) {
    if (optional === true) return [];
    throw new MountError(`${kind.toLowerCase()} ${JSON.stringify(name)} not found`);
  }
  if (items === undefined || items.length === 0) return [...found].map(([path, content]) => ({ path, content, mode }));
  return items.flatMap((item) => {
    const content = found.get(item.key);
    if (content !== undefined) return [{ path: item.path, content, mode: item.mode ?? mode }];
    if (optional === true) return [];
    throw new MountError(
      kind === "ConfigMap" ? `configmap references non-existent config key: ${item.key}` : `references non-existent secret key: ${item.key}`,
    );
  });
}
