import { field, text } from "./field.ts";

/** An event as Kubernetes' own parts write it about an object, read from the raw JSON of v1 Event; missing parts are empty. */
export type EventView = {
  /** The event's own uid: one that is counted up stays the same event. */
  readonly uid: string;
  readonly about: { readonly kind: string; readonly name: string; readonly uid: string };
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** The component that wrote it, e.g. kubelet. */
  readonly source: string;
  readonly count: number;
  /** When it last happened, ISO 8601. */
  readonly at: string;
};

/** A v1 Event's raw JSON as an EventView; components write either the old fields or those of events.k8s.io, which v1 shows too. */
export function parseEventView(event: unknown): EventView {
  const count = field(event, "series", "count") ?? field(event, "count");
  const about = field(event, "involvedObject");
  return {
    uid: text(field(event, "metadata", "uid")),
    about: { kind: text(field(about, "kind")), name: text(field(about, "name")), uid: text(field(about, "uid")) },
    type: text(field(event, "type")),
    reason: text(field(event, "reason")),
    message: text(field(event, "message")),
    source: text(field(event, "source", "component")) || text(field(event, "reportingComponent")),
    count: typeof count === "number" ? count : 1,
    at: text(field(event, "series", "lastObservedTime")) || text(field(event, "lastTimestamp")) || text(field(event, "eventTime")),
  };
}
