import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pluginFile } from "../asdic.ts";

/**
 * The loss plugins, written into a folder, with slow ones that take a minute instead of half of one: what is quick has been accepted by then on a busy machine too,
 * and the run does not last longer, because silent nodes are waited for as long.
 */
export function writePatientPlugins(folder: string): readonly string[] {
  const plugins = join(folder, "plugins");
  mkdirSync(plugins);
  cpSync(pluginFile("loss"), plugins, { recursive: true });
  for (const name of ["slow-job.yaml", "slow-nodes.yaml"]) {
    const path = join(plugins, name);
    writeFileSync(path, readFileSync(path, "utf8").replace("sleep 30\n", "sleep 60\n"));
  }
  return ["-p", plugins];
}
