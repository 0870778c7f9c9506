import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "../../core/cluster/cluster.ts";
import type { RunStatus } from "../../core/contract/run-status.ts";
import type { Log } from "../log.ts";
import { buildAnnotations } from "./build-annotations.ts";
import { errorText } from "../error-text.ts";

export type Publisher = {
  /** Something has changed; it is published within a second, or as soon as the API server takes it again. */
  touch(): void;
  /** Publishes what is true now and resolves when the API server has it. */
  publish(): Promise<void>;
};

type Deps = {
  readonly cluster: Cluster;
  readonly pod: { readonly name: string; readonly namespace: string };
  readonly readStatus: () => RunStatus;
  readonly log: Log;
  readonly signal: AbortSignal;
};

/** Milliseconds between two tries while the API server refuses. */
const longestPause = 15_000;

/** Keeps the annotations of the aggregator's own pod up to date (design D10); a refused patch is logged and tried again. */
export function createPublisher({ cluster, pod, readStatus, log, signal }: Deps): Publisher {
  let isDirty = true;
  let wake: () => void = () => undefined;
  let last: Promise<void> = Promise.resolve();
  const patch = async (): Promise<void> => {
    await cluster.patch({ apiVersion: "v1", kind: "Pod", ...pod }, { metadata: { annotations: buildAnnotations(readStatus()) } }, { signal });
  };
  const publish = (): Promise<void> => {
    last = last.catch(() => undefined).then(patch);
    return last;
  };
  const follow = async (): Promise<void> => {
    for (let failures = 0; !signal.aborted;) {
      if (!isDirty) await new Promise<void>((resolve) => (wake = resolve));
      isDirty = false;
      try {
        await publish();
        failures = 0;
      } catch (error) {
        isDirty = true;
        failures++;
        log.warn("status not published", { error: errorText(error) });
      }
      await sleep(Math.min(1000 * 2 ** failures, longestPause), undefined, { signal }).catch(() => undefined);
    }
  };
  void follow();
  return {
    touch() {
      isDirty = true;
      wake();
    },
    publish,
  };
}
