import { storedCoverage, storedKinds } from "../../cli/get/stored-cluster.ts";

/** Entries of a snapshot in which these texts stand wherever an object or a log may have some; its pods are p-0, p-1 and so on, and with each text as a name. */
export function hostileSnapshot(texts: readonly string[]): readonly (readonly [string, string])[] {
  const pods = texts.flatMap((text, index) => [podOf(`p-${index}`, text), podOf(text, text)]);
  return [
    ["resources/ns/shop/core_v1_pods.json", `{"apiVersion":"v1","kind":"List","items":[${pods.map((pod) => JSON.stringify(pod)).join(",\n")}]}\n`],
    ["podlogs/shop/p-0/logs/main.txt", texts.map((text) => `${text}\n`).join("")],
    ["meta/kinds.json", JSON.stringify([...storedKinds, { ...storedKinds[0], kind: texts[0], plural: texts[0], singular: texts[0], shortNames: texts }])],
    [
      "meta/snapshot.json",
      JSON.stringify({
        ...storedCoverage,
        failures: texts.map((text) => ({ verb: text, resource: "pods", namespace: text, code: 403, reason: text, message: text })),
        omissions: texts.map((text) => ({ what: text, why: text, count: 1 })),
      }),
    ],
  ];
}

const podOf = (name: string, text: string): object => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "shop", creationTimestamp: "2026-11-21T08:00:00Z", labels: { [text]: text }, annotations: { [text]: text } },
  spec: { nodeName: text, containers: [{ name: "main", image: text }] },
  status: {
    phase: "Running",
    podIP: text,
    podIPs: [{ ip: text }],
    reason: text,
    message: text,
    containerStatuses: [{ name: "main", ready: false, restartCount: 1, state: { waiting: { reason: text, message: text } } }],
  },
});
