import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { field, text } from "../kubernetes/field.ts";
import { columns, count, type Printer } from "./printer.ts";
import { renderAge } from "./render-duration.ts";

const eventPrinter: Printer = {
  columns: columns("Last Seen", "Type", "Reason", "Object", "Subobject*", "Source*", "Message", "First Seen*", "Count*", "Name*"),
  cells: (event, now) => {
    const first = renderAge(event["firstTimestamp"] ?? event["eventTime"], now);
    const series = event["series"] ?? undefined;
    const plain = event["lastTimestamp"] ? renderAge(event["lastTimestamp"], now) : first;
    const { kind, name } = targetOf(event);
    return [
      series === undefined ? plain : renderAge(field(series, "lastObservedTime"), now),
      text(event["type"]),
      text(event["reason"]),
      name === "" ? kind.toLowerCase() : `${kind.toLowerCase()}/${name}`,
      text(field(event, "involvedObject", "fieldPath")),
      sourceOf(event),
      text(event["message"]).trim(),
      first,
      series === undefined ? count(event["count"]) || 1 : count(field(series, "count")),
      event.metadata.name,
    ];
  },
};

/** Events. */
export const eventPrinters: { readonly [kind: string]: Printer } = { "/Event": eventPrinter };

const targetOf = (event: KubernetesObject): { readonly kind: string; readonly name: string } => ({
  kind: text(field(event, "involvedObject", "kind")),
  name: text(field(event, "involvedObject", "name")),
});

function sourceOf(event: KubernetesObject): string {
  const component = text(field(event, "source", "component")) || text(event["reportingComponent"]);
  const host = text(field(event, "source", "host")) || text(event["reportingInstance"]);
  return host === "" ? component : `${component}, ${host}`;
}
