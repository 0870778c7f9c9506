import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { admissions } from "../../../embedded/api/admission/all.ts";
import type { AdmissionRequest } from "../../../embedded/api/admission/request.ts";
import type { TypeTable, User } from "../../../embedded/api/registry/api.ts";
import { builtInTypes, createTypeTable } from "../../../embedded/api/resource-types.ts";
import { StatusError } from "../../../embedded/api/status-error.ts";
import { createMemoryStore } from "../../../embedded/api/store/memory-store.ts";
import type { ObjectKey, Store } from "../../../embedded/api/store/store.ts";

/** A cluster's store with some objects in it, and what the admissions say of more. */
type Stage = {
  readonly store: Store;
  readonly types: TypeTable;
  readonly put: (object: KubernetesObject) => KubernetesObject;
  readonly keyOf: (object: KubernetesObject) => ObjectKey;
  /** The object as admitted, or the refusal's message; with what was warned of. */
  readonly admit: (
    object: KubernetesObject,
    options?: AdmitOptions,
  ) => { readonly object?: KubernetesObject; readonly refusal?: StatusError; readonly warnings: readonly string[] };
};

type AdmitOptions = { readonly operation?: AdmissionRequest["operation"]; readonly old?: KubernetesObject; readonly user?: User };

/** Each object gets a uid of its name. */
export function createStage(...objects: readonly KubernetesObject[]): Stage {
  const store = createMemoryStore();
  const types = createTypeTable(builtInTypes);
  const keyOf = ({ apiVersion = "v1", kind = "", metadata }: KubernetesObject): ObjectKey => {
    const type = types.ofKind(apiVersion, kind);
    if (!type) throw new Error(`no type ${apiVersion} ${kind}`);
    return { type, namespace: metadata.namespace ?? "", name: metadata.name };
  };
  const put = (object: KubernetesObject): KubernetesObject =>
    store.put(keyOf(object), { ...object, metadata: { uid: `uid-${object.metadata.name}`, ...object.metadata } });
  for (const object of objects) put(object);
  return {
    store,
    types,
    put,
    keyOf,
    admit: (object, { operation = "CREATE", old, user = { name: "admin", groups: ["system:masters"] } } = {}) => {
      const warnings: string[] = [];
      const key = keyOf(object);
      const request = { ...key, operation, subresource: "", dryRun: false, user, store, types, warn: (text: string): unknown => warnings.push(text) };
      try {
        return { object: admissions.reduce((before, admission) => admission({ ...request, object: before, ...(old ? { old } : {}) }), object), warnings };
      } catch (error) {
        if (error instanceof StatusError) return { refusal: error, warnings };
        throw error;
      }
    },
  };
}

/** `namespace "ns"` with the default account, as every test of pods needs it. */
export const home = (labels: { readonly [key: string]: string } = {}): readonly KubernetesObject[] => [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "ns", labels }, status: { phase: "Active" } },
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: "ns" } },
];

/** Pod "p" in namespace "ns" with one container "c", whose parts and more of its spec are as given. */
export const pod = (container: object = {}, spec: object = {}, metadata: object = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "p", namespace: "ns", ...metadata },
  spec: { containers: [{ name: "c", image: "x", ...container }], ...spec },
});
