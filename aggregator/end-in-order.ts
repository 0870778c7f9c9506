import { setTimeout as sleep } from "node:timers/promises";
import { errorText } from "./error-text.ts";
import type { Gate } from "./ingest/gate.ts";
import { Refusal } from "./ingest/refusal.ts";
import type { Log } from "./log.ts";
import type { Publisher } from "./status/publish-status.ts";

/** Kubernetes gives thirty seconds; an API server that does not answer must not take them all. */
const publishMilliseconds = 5000;

/** What an aggregator does last: it takes no more results, so that workers keep them for the next one, and says where the run stands. Never throws. */
export async function endInOrder({ gate, publisher, log }: { readonly gate: Gate; readonly publisher: Publisher; readonly log: Log }): Promise<void> {
  log.info("ending in order: another aggregator goes on");
  await gate.close(new Refusal(503, "This aggregator is ending; the one that comes after it takes the result."));
  const published = publisher.publish().catch((error: unknown) => log.warn("status not published", { error: errorText(error) }));
  await Promise.race([published, sleep(publishMilliseconds)]);
}
