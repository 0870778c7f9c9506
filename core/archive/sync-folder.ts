import { open } from "node:fs/promises";

/** After this the files of a folder have their names, whatever happens to the machine. */
export async function syncFolder(path: string): Promise<void> {
  // Windows can't open a folder, and needs no sync of it.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
