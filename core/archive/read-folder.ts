import { KnownError } from "../contract/known-error.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { overLimit, readerLimits } from "./archive-limits.ts";
import { listFiles } from "./list-files.ts";
import { openListedFile } from "./open-listed-file.ts";
import type { ArchiveEntry } from "./read-archive.ts";
import { quoteName } from "./safe-name.ts";

/**
 * The files of a folder that an archive was extracted to, as `readArchive` gives those of the archive; in the order of their names. Nothing outside
 * of the folder is opened. Throws KnownError "invalid-tarball", whose sentence reads on after "FOLDER: ", for what is over the limits or can't be read,
 * and (unless they are skipped) for links.
 */
export async function* readFolder(folder: string, limits: ArchiveLimits = readerLimits): AsyncGenerator<ArchiveEntry> {
  const skipped: { readonly name: string; readonly why: string }[] = [];
  const onSkipped = (name: string, why: string): void => void skipped.push({ name, why });
  const tellSkipped = (): void => {
    for (const { name, why } of skipped.splice(0)) {
      if (limits.links === "refuse") throw new KnownError("invalid-tarball", `holds ${quoteName(name)}, which ${why}.`, { hint: onlyPlainFiles });
      limits.onSkipped?.(name, why);
    }
  };
  let [count, total] = [0, 0];
  for await (const file of listFiles(folder, { onSkipped })) {
    tellSkipped();
    const handle = await openListedFile(file, { onSkipped });
    tellSkipped();
    if (handle === undefined) continue;
    try {
      const { size, mtime } = await handle.stat();
      count += 1;
      total += size;
      if (count > limits.maxEntries) throw overLimit(`holds more than ${limits.maxEntries} files`);
      if (size > limits.maxEntryBytes) throw overLimit(`holds ${quoteName(file.name)} of more than ${limits.maxEntryBytes} bytes`);
      if (total > limits.maxTotalBytes) throw overLimit(`holds more than ${limits.maxTotalBytes} bytes`);
      // A file that grows while it is read ends where it ended when it was opened.
      const body = handle.createReadStream({ autoClose: false, ...(size > 0 && { end: size - 1 }) });
      yield { name: file.name, size, modifiedAt: mtime, body };
      body.destroy();
    } finally {
      await handle.close();
    }
  }
  tellSkipped();
}

const onlyPlainFiles = "Extract the tarball again, into an empty folder, and give that; or give the tarball itself.";
