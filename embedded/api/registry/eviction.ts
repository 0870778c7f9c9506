import { isJsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { list } from "../../../core/kubernetes/field.ts";
import type { DeleteOptions } from "./api.ts";
import { objectAt } from "../../objects/object-fields.ts";

/** How an Eviction wants its pod deleted. */
export function parseDeleteOptions(eviction: KubernetesObject): DeleteOptions {
  const { gracePeriodSeconds, propagationPolicy, preconditions, dryRun } = objectAt(eviction["deleteOptions"]);
  return {
    ...(typeof gracePeriodSeconds === "number" ? { gracePeriodSeconds } : {}),
    ...(typeof propagationPolicy === "string" ? { propagationPolicy: propagationPolicy as "Background" } : {}),
    ...(isJsonObject(preconditions) ? { preconditions } : {}),
    dryRun: list(dryRun).includes("All"),
  };
}

/** What a subresource answers that has nothing to show. */
export const buildSuccess = (): KubernetesObject => parseObject({ kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 });

const parseObject = (value: unknown): KubernetesObject => value as KubernetesObject;
