import { isJsonObject } from "../../../../core/contract/json.ts";

/** A workload whose containers only wait, so that nobody but the replay sends requests, and that carries no secrets; an image that can't be had stays as it is. */
export function buildInert(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((element) => buildInert(element, key === "containers" || key === "initContainers" ? "container" : ""));
  if (!isJsonObject(value)) return value;
  if (/TOKEN|SECRET|PASSWORD/.test(String(value["name"])) && value["value"] !== undefined) return { ...value, value: "made-up" };
  const { args: _args, command: _command, image, livenessProbe: _live, readinessProbe: _ready, startupProbe: _start, lifecycle: _lifecycle, ...rest } = value;
  if (key !== "container" || typeof image !== "string")
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, buildInert(inner, name)]));
  return { ...rest, image: image.includes("does-not-exist") ? image : waitingImage, command: waiting };
}

const waitingImage = "registry.k8s.io/e2e-test-images/busybox:1.37.0-1";

/** It ends at once when it is told to. */
const waiting = ["sh", "-c", "echo ready; trap 'exit 0' TERM; sleep 3600 & wait"];
