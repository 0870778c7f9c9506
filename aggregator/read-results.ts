import pLimit from "p-limit";
import type { PluginDefinition } from "../core/contract/plugin-definition.ts";
import type { RunSpec } from "../core/contract/run-spec.ts";
import { nothingSeen } from "./causes/cause.ts";
import { nameProblem } from "./causes/diagnose.ts";
import { errorText } from "./error-text.ts";
import type { Log } from "./log.ts";
import type { RunRedaction } from "./redaction/run-redaction.ts";
import type { ExpectedResult, ExpectedResults } from "./state/expected-results.ts";
import { processResult } from "./store/process-result.ts";

/** Reads accepted results, so that their status is known before the tarball is made. */
export type ResultReading = {
  read(result: ExpectedResult): void;
  /** Resolves when all that were to be read are. */
  settled(): Promise<void>;
};

type Deps = {
  readonly spec: RunSpec;
  readonly definitions: readonly PluginDefinition[];
  readonly folders: { readonly spool: string };
  readonly results: ExpectedResults;
  readonly redaction: Pick<RunRedaction, "guard">;
  readonly log: Log;
};

const atOnce = 2;

/** A reading of each result that is given to it. */
export function createResultReading(deps: Deps): ResultReading {
  const limit = pLimit(atOnce);
  const readings = new Set<Promise<void>>();
  return {
    read(result) {
      const reading = limit(() => readResult(result, deps))
        .then((processed) => deps.results.update(result, processed))
        .finally(() => readings.delete(reading));
      readings.add(reading);
    },
    settled: async () => {
      await Promise.all(readings);
    },
  };
}

/** An accepted upload's status and counts; one that can't be read is unknown, and its bytes are in the tarball all the same. */
async function readResult(result: ExpectedResult, { definitions, folders, redaction, log, spec }: Deps): Promise<Parameters<ExpectedResults["update"]>[1]> {
  const definition = definitions.find(({ name }) => name === result.plugin);
  if (!definition || !result.upload) return { resultStatus: "unknown", resultCounts: {} };
  return processResult({ upload: result.upload, definition, node: result.node, spoolFolder: folders.spool, clean: redaction.guard.json }).catch(
    (error: unknown) => {
      const { plugin, node } = result;
      const message = `The result came and can't be read as what its plugin's file says: ${errorText(error)}`;
      log.warn("result not read", { plugin, node, error: errorText(error) });
      const seen = { ...nothingSeen, plugin, namespace: spec.namespace, workerContainer: "", pluginContainer: "" };
      const problem = nameProblem({ ...seen, delivery: { kind: "unreadable", message } });
      return { state: "failed", problem, resultStatus: "unknown", resultCounts: {} } as const;
    },
  );
}
