import type { ArchivePart } from "../../core/archive/open-indexed.ts";
import type { ArchiveWriter } from "../../core/archive/write-archive.ts";

/** The same archive, which gives out what was added to it each time that it is eight megabytes more, before it is packed, and the rest when `tellRest` is called. */
export function tellParts(archive: ArchiveWriter, onPart: (part: ArchivePart) => void): ArchiveWriter & { readonly tellRest: () => Promise<void> } {
  let untold = 0;
  const tellRest = async (): Promise<void> => {
    untold = 0;
    onPart(await archive.takePart());
  };
  const count = async (bytes: number): Promise<void> => {
    untold += bytes;
    if (untold >= partBytes) await tellRest();
  };
  return {
    ...archive,
    add: async (name, content) => {
      await archive.add(name, content);
      await count(content.length);
    },
    addStream: async (name, size, body) => {
      await archive.addStream(name, size, body);
      await count(size);
    },
    tellRest,
  };
}

const partBytes = 8 * 1024 ** 2;
