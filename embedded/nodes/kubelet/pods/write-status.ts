import { isDeepStrictEqual } from "node:util";
import { StatusError } from "../../../api/status-error.ts";
import { keyOf } from "../../../objects/object-key.ts";
import { buildPodStatus } from "../status/build-pod-status.ts";
import type { PodHandle } from "./pod-handle.ts";
import { parsePod } from "./pod.ts";

/** Tells the API server how a pod is, if that is news. A node without power or a frozen one tells nothing. */
export function writeStatus({ context, record, pod, signal }: Pick<PodHandle, "context" | "record" | "pod" | "signal">): void {
  const { api } = context;
  if (signal.aborted || context.power() !== "on") return;
  const key = keyOf(api, pod());
  const stored = api.find(key);
  // Gone, or another pod of the same name by now.
  if (stored === undefined || stored.metadata.uid !== record.uid) return;
  const status = buildPodStatus(context, parsePod(stored), record);
  const text = JSON.stringify(status);
  // The API server may store it in another form: what counts is whether either side has changed since.
  if (record.told?.text === text && isDeepStrictEqual(record.told.stored, stored["status"])) return;
  try {
    record.told = { text, stored: api.modify(key, (object) => ({ ...object, status }), { subresource: "status" })["status"] };
  } catch (error) {
    // A refusal may pass; the next look writes again.
    if (!(error instanceof StatusError)) throw error;
  }
}
