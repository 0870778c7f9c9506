import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { field, list, text } from "../kubernetes/field.ts";
import { ageOf, columns, count, type Printer } from "./printer.ts";
import { renderDuration } from "./render-duration.ts";

const flowControl = "flowcontrol.apiserver.k8s.io";

/** What the API server keeps about itself and those who ask it. */
export const serverPrinters: { readonly [kind: string]: Printer } = {
  "/ComponentStatus": {
    columns: columns("Name", "Status", "Message", "Error"),
    cells: (object) => {
      const healthy = conditionOf(object["conditions"], "Healthy");
      const status = healthy === undefined ? "Unknown" : field(healthy, "status") === "True" ? "Healthy" : "Unhealthy";
      return [object.metadata.name, status, text(field(healthy, "message")), text(field(healthy, "error"))];
    },
  },
  "certificates.k8s.io/CertificateSigningRequest": {
    columns: columns("Name", "Age", "SignerName", "Requestor", "RequestedDuration", "Condition"),
    cells: (object, now) => {
      const seconds = field(object, "spec", "expirationSeconds");
      return [
        object.metadata.name,
        ageOf(object, now),
        text(field(object, "spec", "signerName")) || "<none>",
        text(field(object, "spec", "username")),
        typeof seconds === "number" ? renderDuration(seconds * 1000) : "<none>",
        requestState(object),
      ];
    },
  },
  [`${flowControl}/FlowSchema`]: {
    columns: columns("Name", "PriorityLevel", "MatchingPrecedence:integer", "DistinguisherMethod", "Age", "MissingPL"),
    cells: (object, now) => [
      object.metadata.name,
      text(field(object, "spec", "priorityLevelConfiguration", "name")),
      count(field(object, "spec", "matchingPrecedence")),
      text(field(object, "spec", "distinguisherMethod", "type")) || "<none>",
      ageOf(object, now),
      text(field(conditionOf(field(object, "status", "conditions"), "Dangling"), "status")) || "?",
    ],
  },
  [`${flowControl}/PriorityLevelConfiguration`]: {
    columns: columns("Name", "Type", "NominalConcurrencyShares", "Queues", "HandSize", "QueueLengthLimit", "Age"),
    cells: (object, now) => {
      const limited = field(object, "spec", "limited");
      const queuing = field(limited, "limitResponse", "queuing");
      const of = (value: unknown): string | number => (typeof value === "number" ? value : "<none>");
      return [
        object.metadata.name,
        text(field(object, "spec", "type")),
        of(field(limited, "nominalConcurrencyShares")),
        of(field(queuing, "queues")),
        of(field(queuing, "handSize")),
        of(field(queuing, "queueLengthLimit")),
        ageOf(object, now),
      ];
    },
  },
};

const conditionOf = (conditions: unknown, type: string): unknown => list(conditions).find((each) => field(each, "type") === type);

function requestState({ status }: KubernetesObject): string {
  const has = (type: string): boolean => conditionOf(field(status, "conditions"), type) !== undefined;
  const verdict = has("Denied") ? "Denied" : has("Approved") ? "Approved" : "Pending";
  return `${verdict}${has("Failed") ? ",Failed" : ""}${text(field(status, "certificate")) === "" ? "" : ",Issued"}`;
}
