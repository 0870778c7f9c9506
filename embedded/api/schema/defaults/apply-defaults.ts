import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { Fill } from "./change-field.ts";
import { clusterDefaults } from "./cluster-defaults.ts";
import { networkDefaults } from "./network-defaults.ts";
import { fillPod } from "./pod-defaults.ts";
import { storageDefaults } from "./storage-defaults.ts";
import { workloadDefaults } from "./workload-defaults.ts";

/** An object with what the API server fills in when it reads it; doing it twice changes nothing. */
export function applyDefaults({ group, kind }: ResourceType, object: KubernetesObject): KubernetesObject {
  const fill = defaults.get(`${group}/${kind}`);
  return fill === undefined ? object : parseFilled(fill(object));
}

const defaults = new Map<string, Fill>(Object.entries({ "/Pod": fillPod, ...workloadDefaults, ...networkDefaults, ...storageDefaults, ...clusterDefaults }));

/** Defaults take nothing away, so the metadata is still there. */
const parseFilled = (filled: JsonObject): KubernetesObject => filled as KubernetesObject;
