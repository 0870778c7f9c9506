import { createHash } from "node:crypto";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { KnownError } from "../../core/contract/known-error.ts";

/** A run id of eight letters and digits that follows from what the objects say, Secrets' content apart: the same wish is the same manifest, whenever it is printed. */
export function nameRun(objects: readonly KubernetesObject[]): string {
  const told = objects.map((object) => (object.kind === "Secret" ? { ...object, data: undefined, stringData: undefined } : object));
  const digest = createHash("sha256").update(JSON.stringify(told)).digest("hex");
  return BigInt(`0x${digest}`).toString(36).slice(-8);
}

/** What a person gave as --run-id; KnownError "wrong-usage" for what is none. */
export function parseRunId(text: string): string {
  if (/^[a-z0-9]{8}$/.test(text)) return text;
  throw new KnownError("wrong-usage", `--run-id ${text}: is no run id.`, { hint: "Use eight lower-case letters and digits." });
}
