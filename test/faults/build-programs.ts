import { rmSync } from "node:fs";
import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildBundles } from "../../scripts/build.ts";

let built: Promise<string> | undefined;

/** Builds the programs of asdic's own image from the sources as they are now, once in a process; gives their folder, which goes with the process. */
export function buildPrograms(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const folder = await mkdtemp("/tmp/asdic-programs-");
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  // Whoever a container runs as reads it.
  await chmod(folder, 0o755);
  await buildBundles(folder);
  await writeFile(join(folder, "package.json"), `{"type":"module"}\n`);
  return folder;
}
