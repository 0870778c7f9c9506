import { realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { KnownError } from "../../core/contract/known-error.ts";

/** Makes sure that the original stays as it is; KnownError "invalid-file" where the target is the original, or lies in the folder that is read. */
export async function checkTarget(source: string, target: string, shown: string): Promise<void> {
  const original = await realpath(source);
  const folder = await realpath(dirname(target)).catch(() => dirname(target));
  const place = await realpath(target).catch(() => join(folder, basename(target)));
  if (place !== original && !place.startsWith(`${original}${sep}`)) return;
  throw new KnownError("invalid-file", `${shown}: can't be written (${place === original ? "it is the original" : "it is inside the folder that is read"}).`, {
    hint: "Give -o a path beside the original, which stays as it is.",
  });
}
