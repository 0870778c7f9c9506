import type { RedactionAnswer, WorkerSettings } from "../core/contract/worker-wire.ts";
import { redactionAnswerSchema, wirePaths } from "../core/contract/worker-wire.ts";
import type { Aggregator } from "./aggregator-connection.ts";

type Asking = { readonly aggregator: Aggregator; readonly settings: Pick<WorkerSettings, "redaction">; readonly signal: AbortSignal };

/** What is to be hidden in the result, as the aggregator has said the first time that it could be asked; undefined for nothing. It throws while there is no answer, and nothing is sent then. */
export function createAskRedaction({ aggregator, settings, signal }: Asking): () => Promise<RedactionAnswer | undefined> {
  let answered: RedactionAnswer | undefined;
  return async () => {
    if (settings.redaction === "nothing") return undefined;
    if (settings.redaction === "built-in") return { privacy: "off", knownNames: [] };
    answered ??= await ask(aggregator, signal);
    return answered;
  };
}

async function ask(aggregator: Aggregator, signal: AbortSignal): Promise<RedactionAnswer> {
  const { status, body } = await aggregator.send({ method: "GET", path: wirePaths.redaction, body: Buffer.alloc(0), longestAnswer, signal });
  if (status !== 200) throw new Error(`the aggregator answers ${status} when asked what is to be hidden`);
  return redactionAnswerSchema.parse(JSON.parse(body.toString()));
}

/** Rules of 128 KiB, and thousands of nodes. */
const longestAnswer = 8 * 1024 * 1024;
