import type { RedactionAnswer } from "../../core/contract/worker-wire.ts";
import { Refusal } from "../ingest/refusal.ts";
import type { RunRedaction } from "./run-redaction.ts";

/** What a worker that asks is to hide, with the key for tokens where names become some; a 404 where nothing is hidden. */
export function buildRedactionAnswer({ options, material }: RunRedaction): RedactionAnswer {
  if (options === false) throw new Refusal(404, "Nothing is hidden in this run.");
  const { key, knownNames } = material;
  return { ...options, knownNames: [...knownNames], ...(key !== undefined && { key: Buffer.from(key).toString("hex") }) };
}
