import type { JsonObject } from "../../../../core/contract/json.ts";
import { text } from "../../../../core/kubernetes/field.ts";
import type { Fill } from "./change-field.ts";
import { changeEach, changeField, inField, inOrder, preset, presets } from "./change-field.ts";

/** A container's defaults, in a pod or in a template. */
export function fillContainer(container: JsonObject): JsonObject {
  const filled = preset(container, {
    resources: {},
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    imagePullPolicy: isLatest(text(container["image"])) ? "Always" : "IfNotPresent",
  });
  const ported = changeEach(filled, "ports", presets({ protocol: "TCP" }));
  const sourced = changeEach(ported, "env", inField("valueFrom", inOrder(fillFieldRef, inField("resourceFieldRef", presets({ divisor: "0" })))));
  const probed = ["livenessProbe", "readinessProbe", "startupProbe"].reduce((changed, name) => changeField(changed, name, fillProbe), sourced);
  return changeField(probed, "lifecycle", inOrder(inField("postStart", fillHandler), inField("preStop", fillHandler)));
}

/** A field of the pod is one of API version v1. */
export const fillFieldRef: Fill = inField("fieldRef", presets({ apiVersion: "v1" }));

const fillHandler: Fill = inField("httpGet", presets({ path: "/", scheme: "HTTP" }));
const fillProbe: Fill = inOrder(
  fillHandler,
  inField("grpc", presets({ service: "" })),
  presets({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
);

/** An image without tag and digest is the latest one. */
function isLatest(image: string): boolean {
  const [name = "", digest] = image.split("@");
  if (name === "") return false;
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  return tag === undefined ? digest === undefined : tag === "latest";
}
