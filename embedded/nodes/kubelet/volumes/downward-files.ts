import type { FieldSources } from "../environment/fields.ts";
import { readField, readResourceField } from "../environment/fields.ts";
import { MountError } from "./mount-error.ts";
import type { DownwardItem, VolumeFile } from "./volume.ts";

/** A pod's own fields as files. */
export const buildDownwardFiles = (sources: FieldSources, items: readonly DownwardItem[], defaultMode: number): readonly VolumeFile[] =>
  items.map(({ path, mode, fieldRef, resourceFieldRef }) => {
    const text =
      fieldRef !== undefined
        ? readField(sources, fieldRef.fieldPath)
        : resourceFieldRef !== undefined
          ? readResourceField(sources, resourceFieldRef)
          : undefined;
    if (text === undefined) throw new MountError(`unsupported downward API field of ${path}`);
    return { path, content: Buffer.from(text), mode: mode ?? defaultMode };
  });
