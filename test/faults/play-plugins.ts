import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { labels } from "../../core/contract/names.ts";
import { field, text } from "../../core/kubernetes/field.ts";
import type { PluginFile } from "./plugin-files.ts";
import { buildPluginFile, delivered, deliveredPath } from "./plugin-files.ts";
import type { Outcome } from "./read-outcome.ts";
import { readOutcome } from "./read-outcome.ts";
import type { Ended } from "./run-cli.ts";
import type { Stage } from "./stage.ts";

/** What came of a run; `home` is the node of its aggregator, `status` what the command of that name said at its end. */
export type Played = { readonly outcome: Outcome; readonly run: Ended; readonly status: Ended; readonly home: string };

/** Runs plugins to the end in a namespace of their own, while something else is done, and reads the tarball. */
export async function playPlugins(
  stage: Stage,
  {
    namespace,
    plugins,
    meanwhile,
  }: { readonly namespace: string; readonly plugins: readonly PluginFile[]; readonly meanwhile?: (signal: AbortSignal) => Promise<void> },
): Promise<Played> {
  const signal = AbortSignal.timeout(240_000);
  const files = plugins.map(({ name }) => join(stage.folder, `${namespace}-${name}.yaml`));
  for (const [index, plugin] of plugins.entries()) await writeFile(files[index] ?? "", JSON.stringify(buildPluginFile(plugin)));
  const tarball = join(stage.folder, `${namespace}.tar.gz`);
  const running = stage.asdic(["run", "--wait", "--no-redact", "-n", namespace, "-o", tarball, ...files.flatMap((file) => ["-p", file])], signal);
  await meanwhile?.(signal);
  const aggregator = await stage.until(["v1", "Pod"], {
    namespace,
    labelSelector: `${labels.role}=aggregator`,
    signal,
    is: (pod) => text(field(field(pod, "spec"), "nodeName")) !== "",
  });
  const run = await running;
  const status = await stage.asdic(["status", "-n", namespace], signal);
  const outcome = await readOutcome(tarball).catch(() => assert.fail(run.stdout + run.stderr));
  await stage.asdic(["delete", "--wait", "-n", namespace], signal);
  return { outcome, run, status, home: text(field(field(aggregator, "spec"), "nodeName")) };
}

/** Fails unless a result is there as `deliver` wrote it. */
export function checkDelivered(
  { files }: Outcome,
  { plugin, node, line, size }: { readonly plugin: string; readonly node: string; readonly line: string; readonly size: number },
): void {
  const found = files.get(deliveredPath(plugin, node)) ?? assert.fail(`nothing came of ${plugin} on ${node}`);
  assert.ok(found.equals(delivered(line, size)), `${plugin} on ${node} is another than was delivered`);
}
