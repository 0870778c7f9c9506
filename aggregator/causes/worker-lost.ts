import type { Cause } from "./cause.ts";
import { lastLine } from "./cause.ts";

/** The worker beside the plugin has ended without a result; the grace lets an upload that is being checked count. */
export const workerLost: Cause = {
  code: "worker-lost",
  graceSeconds: 10,
  ends: "failed",
  match({ pod, plugin, workerContainer }) {
    const worker = pod?.containers.find(({ name, state }) => name === workerContainer && state === "terminated");
    if (!worker) return undefined;
    const words = readWords(worker.message);
    return {
      message: `The worker beside the plugin ended with exit code ${worker.exitCode} (${worker.reason}) before a result had come${words === "" ? "" : `: ${words}`}`,
      hint: `Its whole log is in the tarball, podlogs/…/${workerContainer}.txt; run plugin ${plugin} again.`,
    };
  },
};

/** The worker's log is JSON lines, whose `msg` says what there is to say. */
function readWords(log: string): string {
  const line = lastLine(log);
  const words = /"msg":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
  return words === undefined ? line : words.replaceAll(/\\(.)/g, "$1");
}
