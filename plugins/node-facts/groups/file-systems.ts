import { statfs } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../../../core/contract/json.ts";
import type { FactGroup, FactSources } from "../fact-group.ts";
import { NotReadable, readKernelFile } from "../fact-group.ts";
import { findMount, parseMounts } from "../mounts.ts";

/** File systems below the folders of a pod that are on the node's disks, with space and inodes; other disks are not visible. */
export const fileSystems: FactGroup = {
  name: "file-systems",
  read: async ({ proc, folders }) => {
    const mounts = parseMounts(await readKernelFile(join(proc, "self/mountinfo")));
    return {
      facts: Object.fromEntries(
        await Promise.all(
          folders.map(async (folder) => {
            const mount = findMount(mounts, folder.path);
            return [folder.role, { path: folder.path, type: mount?.type, source: mount?.source, readOnly: mount?.readOnly, ...(await readSpace(folder)) }];
          }),
        ),
      ),
    };
  },
};

async function readSpace({ path }: FactSources["folders"][number]): Promise<JsonObject> {
  const space = await statfs(path).catch((error: unknown) => {
    throw new NotReadable(`the file system of ${path} can't be asked (${String(error)})`);
  });
  return {
    sizeBytes: space.blocks * space.bsize,
    freeBytes: space.bfree * space.bsize,
    availableBytes: space.bavail * space.bsize,
    // Some file systems make inodes as they need them and say 0.
    ...(space.files === 0 ? {} : { inodes: space.files, inodesFree: space.ffree }),
  };
}
