import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import type { Api } from "../api/registry/api.ts";
import type { ResourceType } from "../api/resource-type.ts";
import type { ObjectKey } from "../api/store/store.ts";
import { worldAnnotations } from "./annotations.ts";

/** Where an object stands that came from the API. Throws for a kind that this cluster does not serve. */
export const keyOf = (api: Api, { apiVersion = "v1", kind = "", metadata }: KubernetesObject): ObjectKey => ({
  type: typeOf(api, apiVersion, kind),
  namespace: metadata.namespace ?? "",
  name: metadata.name,
});

/** The type of a kind that this cluster must serve: typeOf(api, "apps/v1", "Deployment"). */
export function typeOf(api: Api, apiVersion: string, kind: string): ResourceType {
  const type = api.types.ofKind(apiVersion, kind);
  if (type === undefined) throw new Error(`no such type: ${apiVersion} ${kind}`);
  return type;
}

/** Whether an object of the world is made up: scheduler, controllers and kubelets leave it and its status as written. */
export const isDeclared = ({ metadata }: KubernetesObject): boolean => metadata.annotations?.[worldAnnotations.state] === "declared";
