import type { PluginDefinition } from "../core/contract/plugin-definition.ts";
import type { ConformanceOptions } from "./conformance/definition.ts";
import { buildConformance } from "./conformance/definition.ts";
import { nodeFacts } from "./node-facts/definition.ts";
import { smoke } from "./smoke/definition.ts";

/** Every plugin that comes with asdic, by the names that `-p` knows it by; the definitions are data and load nothing. */
export const builtInPlugins: readonly BuiltInPlugin[] = [
  {
    names: ["node-facts"],
    summary: "Kernel, CPU, memory, file systems, pressure and clock of every node, without privileges or host access.",
    definition: () => nodeFacts,
  },
  {
    names: ["smoke"],
    summary: "Creates a pod, resolves names, reaches a Service across nodes, reads logs and runs a command, in seconds.",
    definition: () => smoke,
  },
  {
    names: ["conformance", "e2e"],
    summary: "Kubernetes' own conformance suite in the server's version; takes up to hours and needs --permissions admin.",
    definition: ({ name, conformance }) => buildConformance(name, conformance),
  },
];

export type BuiltInPlugin = {
  readonly names: readonly [string, ...string[]];
  /** One sentence for a list. */
  readonly summary: string;
  /** Throws KnownError("wrong-usage") where the options can't be. */
  readonly definition: (request: BuiltInRequest) => PluginDefinition;
};

export type BuiltInRequest = {
  /** As typed: one of the plugin's names, and the name of the plugin in the run. */
  readonly name: string;
  readonly conformance?: ConformanceOptions | undefined;
};
