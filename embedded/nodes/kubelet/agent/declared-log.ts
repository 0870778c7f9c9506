import { Readable } from "node:stream";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { LogOptions } from "../../node-agent.ts";
import { worldAnnotations } from "../../../objects/annotations.ts";

/** The log of a pod that is made up, as its annotation tells it; every line has the pod's own time. */
export function readDeclaredLog({ metadata }: KubernetesObject, { container, previous, tailLines, limitBytes, timestamps }: LogOptions): Readable {
  const whole = previous ? "" : (metadata.annotations?.[worldAnnotations.logsOf(container)] ?? "");
  const lines = whole === "" ? [] : whole.replace(/\n$/, "").split("\n");
  const chosen = tailLines === undefined ? lines : tailLines === 0 ? [] : lines.slice(-tailLines);
  const time = (metadata.creationTimestamp ?? "1970-01-01T00:00:00Z").replace(/Z$/, ".000000000Z");
  const text = Buffer.from(chosen.map((line) => `${timestamps ? `${time} ` : ""}${line}\n`).join(""));
  return Readable.from([limitBytes === undefined ? text : text.subarray(0, limitBytes)], { objectMode: false });
}
