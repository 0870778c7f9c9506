import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome } from "../read-outcome.ts";
import { readOutcome } from "../read-outcome.ts";
import type { PluginFile } from "../plugin-files.ts";
import { buildPluginFile } from "../plugin-files.ts";
import type { Ended } from "../run-cli.ts";
import type { Stage } from "../stage.ts";
import { everywhere, fine } from "./healthy.ts";
import type { Scene } from "./row.ts";

/** What came of a scene, and when and where each of its faults was made. */
export type Played = { readonly run: Ended; readonly outcome: Outcome; readonly provoked: ReadonlyMap<string, Provoked> };
export type Provoked = { readonly at: Date; readonly node: string | undefined };

/** Runs a scene's plugins to the end, breaks what its rows break on the way, and reads the tarball. */
export async function play(stage: Stage, scene: Scene): Promise<Played> {
  const namespace = `scene-${scene.name}`;
  const [folder, tarball] = [join(stage.folder, scene.name), join(stage.folder, `${scene.name}.tar.gz`)];
  await mkdir(folder);
  const suffering = scene.rows.flatMap(({ code, plugin }): readonly PluginFile[] => (plugin ? [{ ...plugin, name: code }] : []));
  for (const plugin of [fine, everywhere, ...(scene.also ?? []), ...suffering])
    await writeFile(join(folder, `${plugin.name}.yaml`), JSON.stringify(buildPluginFile(plugin)));
  for (const object of scene.objects ?? []) stage.create(JSON.parse(JSON.stringify(object).replaceAll("NAMESPACE", namespace)));
  const provoked = new Map<string, Provoked>();
  const over = new AbortController();
  const acts = scene.rows.map(async ({ code, provoke }) => {
    const node = await provoke?.({ stage, namespace, plugin: code, signal: over.signal });
    if (provoke) provoked.set(code, { at: new Date(), node: node ?? undefined });
  });
  const flags = ["-n", namespace, "-o", tarball, "--node-selector", `scene=${scene.nodes}`, ...(scene.flags ?? [])];
  const run = await stage.asdic(["run", "--wait", "-p", folder, ...flags]);
  // What was not provoked by now never will be; its row says so.
  over.abort();
  await Promise.allSettled(acts);
  const outcome = await readOutcome(tarball).catch((error: unknown) => assert.fail(`${String(error)}\n${run.stdout}\n${run.stderr}`));
  return { run, outcome, provoked };
}
