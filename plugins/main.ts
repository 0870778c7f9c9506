import { podPaths } from "../core/contract/names.ts";
import { renderFailedResult } from "./failed-result.ts";
import type { FailedResultFormat } from "./failed-result.ts";
import type { PluginEnvironment, PluginProgram, ResultFile } from "./plugin-program.ts";
import { createReport } from "./report-progress.ts";
import { writeResults } from "./write-results.ts";

/** Entry inside a pod: `main.js <program> [argument…]`. Exit 0 whenever results were written, also bad ones. */
async function main(name: string, programArguments: readonly string[]): Promise<number> {
  const ending = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => ending.abort(new Error(`ended by ${signal}`)));

  const companion = companions[name];
  if (companion !== undefined) return (await companion())(programArguments, ending.signal);

  const plugin = plugins[name];
  if (plugin === undefined) {
    console.error(`There is no program ${JSON.stringify(name)}; there are ${[...Object.keys(plugins), ...Object.keys(companions)].join(", ")}.`);
    return 2;
  }
  const environment: PluginEnvironment = {
    resultsDir: process.env["SONOBUOY_RESULTS_DIR"] ?? podPaths.results,
    variables: process.env,
    signal: ending.signal,
    now: () => new Date(),
    report: createReport(process.env["SONOBUOY_PROGRESS_PORT"]),
  };
  const done = await writeResults(environment.resultsDir, name, await runPlugin(name, plugin, environment));
  console.log(`${name}: results are in ${done}`);
  return 0;
}

/** Programs that leave results, and the format in which a crash of theirs is told. */
const plugins: Record<string, Plugin> = {
  "node-facts": { load: async () => (await import("./node-facts/program.ts")).collectNodeFacts, format: "manual" },
  smoke: { load: async () => (await import("./smoke/program.ts")).smokeProgram, format: "junit" },
};
type Plugin = { readonly load: () => Promise<PluginProgram>; readonly format: FailedResultFormat };

/** Programs of the pods that plugins start; they leave no results. */
const companions: Record<string, () => Promise<Companion>> = {
  "smoke-server": async () => (await import("./smoke/server.ts")).serveSmoke,
  "smoke-client": async () => (await import("./smoke/client.ts")).probeAsClient,
};
type Companion = (programArguments: readonly string[], signal: AbortSignal) => Promise<number>;

async function runPlugin(name: string, plugin: Plugin, environment: PluginEnvironment): Promise<readonly ResultFile[]> {
  try {
    const program = await plugin.load();
    return await program(environment);
  } catch (error) {
    console.error(error);
    return [renderFailedResult(name, plugin.format, error)];
  }
}

const [name = "", ...programArguments] = process.argv.slice(2);
// An open connection must not keep a pod alive that has said all it had to say.
process.exit(await main(name, programArguments));
