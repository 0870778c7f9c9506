import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunSummary } from "../../../core/contract/run-status.ts";
import { kubectl, pluginFile, runToEnd, usePlace } from "../asdic.ts";
import { noRegistry, startRegistry } from "../lab-registry.ts";

const limitSeconds = 15;

describe("images that can't be had", { skip: noRegistry }, () => {
  const place = usePlace("wrong-image");
  /** Seconds from the run's start until its status named the plugin's problem. */
  const namedAfter = new Map<string, number>();
  const plugins = ["no-image", "refused-image", "bad-image-name"];

  const readSummary = async (): Promise<RunSummary | undefined> => {
    const wanted = ["-l", "sonobuoy-component=aggregator", "-o", String.raw`jsonpath={.items[0].metadata.annotations.asdic\.dev/status}`];
    const text = await kubectl("get", "pods", "-n", place.namespace, ...wanted).catch(() => "");
    return text === "" ? undefined : JSON.parse(text);
  };

  before(async () => {
    await startRegistry();
    const running = runToEnd(
      place,
      plugins.flatMap((plugin) => ["-p", pluginFile(`faults/${plugin}.yaml`)]),
    );
    for (let tries = 0; tries < 120 && namedAfter.size < plugins.length; tries += 1) {
      const summary = await readSummary();
      for (const { plugin } of summary?.problems ?? [])
        if (!namedAfter.has(plugin)) namedAfter.set(plugin, (Date.now() - Date.parse(summary?.startedAt ?? "")) / 1000);
      await sleep(300);
    }
    await running;
  });

  for (const plugin of plugins)
    it(`names ${plugin} within ${limitSeconds} s of the run's start`, (context) => {
      context.diagnostic(`${plugin}: ${namedAfter.get(plugin)} s`);
      assert.ok((namedAfter.get(plugin) ?? Infinity) < limitSeconds, `${namedAfter.get(plugin)} s`);
    });
});
