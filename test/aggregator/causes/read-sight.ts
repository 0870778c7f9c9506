import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Delivery, Sight, TimeUp } from "../../../aggregator/causes/cause.ts";
import { nothingSeen } from "../../../aggregator/causes/cause.ts";
import { parseEventView } from "../../../core/kubernetes/event-view.ts";
import { parseNodeView } from "../../../core/kubernetes/node-view.ts";
import { parsePodView } from "../../../core/kubernetes/pod-view.ts";

/** What a cluster showed of one result: raw pod, node and events, the Status of a refusal; or what became of its upload. */
type Recorded = {
  readonly pod?: unknown;
  readonly node?: unknown;
  readonly events?: readonly unknown[];
  readonly refusal?: { readonly code: number; readonly reason?: string; readonly message: string };
  readonly delivery?: Delivery;
  readonly timeUp?: TimeUp;
  readonly unreached?: string;
  readonly podGone?: boolean;
  readonly nodeGone?: boolean;
  readonly namespaceGoing?: boolean;
};

export const sightsFolder = join(import.meta.dirname, "../../fixtures/causes");

/** A recorded sight of test/fixtures/causes. */
export function readSight(name: string): Sight {
  const { pod, node, events = [], refusal, ...more } = JSON.parse(readFileSync(join(sightsFolder, `${name}.json`), "utf8")) as Recorded;
  return {
    ...nothingSeen,
    plugin: "example",
    namespace: "causes-rec",
    workerContainer: "sonobuoy-worker",
    pluginContainer: "plugin",
    pod: pod === undefined ? undefined : parsePodView(pod),
    node: node === undefined ? undefined : parseNodeView(node),
    events: events.map(parseEventView),
    refusal: refusal && { status: refusal.code, reason: refusal.reason ?? "", message: refusal.message },
    ...more,
  };
}
