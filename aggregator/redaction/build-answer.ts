import type { RedactionAnswer } from "../../core/contract/worker-wire.ts";
import { Refusal } from "../ingest/refusal.ts";
import type { RunRedaction } from "./run-redaction.ts";

/** What a worker that asks is to hide, with the key for tokens where names become some; a 404 where nothing is hidden. */
export function buildRedactionAnswer({ options, material }: RunRedaction): RedactionAnswer {
  if (options === false) throw new Refusal(404, "Nothing is hidden in this run.");
  const { key, knownNames } = material;
  return { ...options, knownNames: [...knownNames], ...(key !== undefined && { key: renderKey(key) }) };
}

/** The key for people, in hexadecimal digits; a 404 where names stayed. */
export function buildKeyAnswer({ material: { key } }: RunRedaction): { readonly key: string } {
  if (key === undefined) throw new Refusal(404, "Names stayed as they are in this run, so there is no key.");
  return { key: renderKey(key) };
}

const renderKey = (key: Uint8Array): string => Buffer.from(key).toString("hex");
