import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import pLimit from "p-limit";
import type { EntryToPack } from "../../core/archive/pack-entries.ts";
import { packEntries } from "../../core/archive/pack-entries.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { explainMissing } from "../launch/judge-needs.ts";
import type { EndedPlugins } from "../state/ended-plugins.ts";
import type { ExpectedResult, ExpectedResults } from "../state/expected-results.ts";
import { readDistinctFiles } from "../store/read-upload.ts";
import { Refusal } from "./refusal.ts";

export type InputDeps = {
  readonly definitions: readonly PluginDefinition[];
  readonly results: ExpectedResults;
  readonly ended: EndedPlugins;
  readonly spoolFolder: string;
};

/** Sends the results of a plugin to a worker of one that needs it. */
export type ServeInputs = (response: ServerResponse, wanted: { readonly by: ExpectedResult; readonly plugin: string }) => Promise<void>;

/** More at once arrive no faster, and each costs its buffers. */
const streamsAtOnce = 8;

/**
 * What serves inputs: a tar, written as it is read from the spool; 403 for a plugin that the asking one doesn't need, 503 while its results are not all
 * here, which after the loss of an aggregator may be again, 409 when they are lost for good.
 */
export function createInputServer(deps: InputDeps): ServeInputs {
  const limit = pLimit(streamsAtOnce);
  return async (response, { by, plugin }) => {
    const { definitions, results, ended, spoolFolder } = deps;
    const need = definitions.find(({ name }) => name === by.plugin)?.needs?.find((each) => each.plugin === plugin);
    if (need === undefined) throw new Refusal(403, `Plugin ${by.plugin} does not need that plugin, so it may not read its results.`);
    if (!ended.has(plugin)) throw new Refusal(503, `The results of plugin ${plugin} are being gathered again; try again.`);
    const wanted = results.ofPlugin(plugin);
    const missing = need.required ? explainMissing(wanted) : undefined;
    if (missing !== undefined) throw new Refusal(409, `There are no whole results of plugin ${plugin}, ${missing}.`);
    response.writeHead(200, { "content-type": "application/x-tar" });
    // Its receiver sees that it is heard while others have their turn.
    response.flushHeaders();
    await limit(async () => {
      if (!response.destroyed) await pipeline(packEntries(listFiles(wanted, spoolFolder)), response);
    });
  };
}

async function* listFiles(results: readonly ExpectedResult[], spoolFolder: string): AsyncGenerator<EntryToPack> {
  for (const { node, upload } of results)
    if (upload) for await (const { name, size, body } of readDistinctFiles(upload, spoolFolder)) yield { name: `${node}/${name}`, size, body };
}
