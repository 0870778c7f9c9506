import { rmSync } from "node:fs";
import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildBundles } from "../../scripts/build.ts";

/** Names the folder that a process of the tests is to take programs from, instead of building its own. */
export const programsVariable = "ASDIC_TEST_PROGRAMS";

let built: Promise<string> | undefined;

/** The folder of asdic's own image's programs: the one that `npm test` made at its beginning, else one of the sources as they are now, made once in a process and gone with it. */
export function buildPrograms(): Promise<string> {
  const given = process.env[programsVariable];
  built ??= given === undefined ? build() : Promise.resolve(given);
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
