import { realpath } from "node:fs/promises";
import { dirname } from "node:path";

/** Whether a path, links followed as far as it is there, lies in a folder: a link on the way could lead elsewhere. */
export async function isInside(folder: string, path: string): Promise<boolean> {
  const [base, nearest] = [await realpath(folder), await findNearest(path)];
  return nearest === base || nearest.startsWith(`${base}/`);
}

/** The real path of the last part of the way that is there. */
const findNearest = async (path: string): Promise<string> => (await realpath(path).catch(() => undefined)) ?? (await findNearest(dirname(path)));
