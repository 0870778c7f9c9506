import type { WorkerSettings } from "../core/contract/worker-wire.ts";
import { workerSettingsSchema } from "../core/contract/worker-wire.ts";
import { KnownError } from "../core/contract/known-error.ts";

/** The worker's settings from its environment; throws KnownError with every field that is wrong. */
export function parseSettings(environment: NodeJS.ProcessEnv): WorkerSettings {
  const parsed = workerSettingsSchema.safeParse(parseJson(environment["ASDIC_WORKER"] ?? ""));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => issue.path.join(".") || "the whole").join(", ");
  throw new KnownError("wrong-usage", `environment variable ASDIC_WORKER holds no settings of a worker: ${wrong}`, {
    hint: "the aggregator sets it; the worker is not meant to be started by hand",
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
