import { readdir } from "node:fs/promises";
import { doneFileName } from "./done-file.ts";

/**
 * What to do when the pod is ended: send-now when the plugin has said that it is done, send-soon when there are files at least (the plugin has got
 * the signal too and may be writing its last), leave when there is nothing.
 */
export async function planTermination(resultsDir: string): Promise<"send-now" | "send-soon" | "leave"> {
  const names = await readdir(resultsDir).catch((): string[] => []);
  if (names.includes(doneFileName)) return "send-now";
  return names.length > 0 ? "send-soon" : "leave";
}
