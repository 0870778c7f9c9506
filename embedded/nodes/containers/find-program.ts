import { constants } from "node:fs";
import { access, readlink, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Mount } from "../container.ts";
import { locate } from "./root-folder.ts";

type Place = { readonly folder: string; readonly mounts: readonly Mount[]; readonly env: { readonly [name: string]: string }; readonly workingDir: string };

/** Rejects, with runc's sentence and code ENOENT or EACCES, when there is no such program in a container's root. */
export async function findProgram(program: string, { folder, mounts, env, workingDir }: Place): Promise<void> {
  const candidates = program.includes("/")
    ? [resolve(workingDir, program)]
    : (env["PATH"] ?? "/bin:/usr/bin").split(":").map((part) => resolve(workingDir, part, program));
  let isRefused = false;
  for (const path of candidates) {
    const found = await look(path, { folder, mounts }, 0);
    if (found === "program") return;
    isRefused ||= found === "refused";
  }
  if (isRefused) throw Object.assign(new Error(`exec: "${program}": permission denied`), { code: "EACCES" });
  const reason = program.includes("/") ? `stat ${program}: no such file or directory` : "executable file not found in $PATH";
  throw Object.assign(new Error(`exec: "${program}": ${reason}`), { code: "ENOENT" });
}

async function look(path: string, root: Pick<Place, "folder" | "mounts">, depth: number): Promise<"program" | "refused" | "nothing"> {
  const { base, rest } = locate(root.folder, root.mounts, path);
  const here = join(base, rest);
  const link = await readlink(here).catch(() => undefined);
  // Links are the container's, not this machine's.
  if (link !== undefined) return depth > 20 ? "nothing" : look(resolve(path, "..", link), root, depth + 1);
  const found = await stat(here).catch(() => undefined);
  if (found === undefined) return "nothing";
  if (!found.isFile()) return "refused";
  return access(here, constants.X_OK).then(
    () => "program",
    () => "refused",
  );
}
