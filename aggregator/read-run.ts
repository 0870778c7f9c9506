import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { podPaths, wireVersion } from "../core/contract/names.ts";
import type { PluginDefinition } from "../core/contract/plugin-definition.ts";
import type { RunSpec } from "../core/contract/run-spec.ts";
import { runSpecSchema } from "../core/contract/run-spec.ts";
import { KnownError } from "../core/contract/known-error.ts";

/** What this pod was started for, from its mounts: the run, and its plugins in order. */
export async function readRun(): Promise<{ readonly spec: RunSpec; readonly definitions: readonly PluginDefinition[] }> {
  const spec = runSpecSchema.parse(JSON.parse(await readFile(join(podPaths.runSpec, "spec.json"), "utf8")));
  if (spec.wireVersion.split(".")[0] !== wireVersion.split(".")[0])
    throw new KnownError("wire-version", `This image speaks version ${wireVersion}, the run was made for ${spec.wireVersion}.`, {
      hint: `Use the image of the CLI's own version: --image ghcr.io/asdic/asdic:v${spec.toolVersion}`,
    });
  const definitions = await Promise.all(spec.plugins.map(async (name) => parseStored(await readFile(join(podPaths.plugins, name, "definition.json"), "utf8"))));
  return { spec, definitions };
}

/** The CLI validated it before it was stored; nobody else writes there. */
const parseStored = (text: string): PluginDefinition => JSON.parse(text) as PluginDefinition;
