import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { admissions } from "../../../embedded/api/admission/all.ts";
import type { Api } from "../../../embedded/api/registry/api.ts";
import { createApi } from "../../../embedded/api/registry/create-api.ts";
import { builtInTypes, createTypeTable } from "../../../embedded/api/resource-types.ts";
import type { ResourceType } from "../../../embedded/api/resource-type.ts";
import { createSchema } from "../../../embedded/api/schema/schema.ts";
import { createMemoryStore } from "../../../embedded/api/store/memory-store.ts";
import type { ObjectKey } from "../../../embedded/api/store/store.ts";

/** An empty cluster's API with everything that it is made of, and types by kind. */
export function openApi(): {
  readonly api: Api;
  readonly type: (apiVersion: string, kind: string) => ResourceType;
  readonly keyOf: (object: KubernetesObject) => ObjectKey;
} {
  const types = createTypeTable(builtInTypes);
  const clock = { now: (): Date => new Date() };
  const api = createApi({ store: createMemoryStore(), types, schema: createSchema(), admissions, clock });
  const type = (apiVersion: string, kind: string): ResourceType => {
    const found = types.ofKind(apiVersion, kind);
    if (!found) throw new Error(`no type ${apiVersion} ${kind}`);
    return found;
  };
  const keyOf = ({ apiVersion = "v1", kind = "", metadata }: KubernetesObject): ObjectKey => {
    const found = type(apiVersion, kind);
    return { type: found, namespace: found.namespaced ? (metadata.namespace ?? "") : "", name: metadata.name };
  };
  return { api, type, keyOf };
}
