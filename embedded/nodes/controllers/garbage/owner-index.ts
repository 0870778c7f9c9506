import type { KubernetesObject, OwnerReference } from "../../../../core/contract/kubernetes-object.ts";
import type { Api } from "../../../api/registry/api.ts";
import type { ObjectKey } from "../../../api/store/store.ts";

/** Who depends on whom, by the owners' uids. */
export type OwnerIndex = {
  /** Takes in an object's present owners, none for one that is gone. */
  set(key: ObjectKey, owners: readonly OwnerReference[]): void;
  dependentsOf(uid: string | undefined): readonly ObjectKey[];
};

export function createOwnerIndex(): OwnerIndex {
  const byOwner = new Map<string, Map<string, ObjectKey>>();
  const ownersOf = new Map<string, readonly string[]>();
  return {
    set(key, owners) {
      const id = idOf(key);
      for (const uid of ownersOf.get(id) ?? []) {
        byOwner.get(uid)?.delete(id);
        if (byOwner.get(uid)?.size === 0) byOwner.delete(uid);
      }
      if (owners.length === 0) ownersOf.delete(id);
      else
        ownersOf.set(
          id,
          owners.map(({ uid }) => uid),
        );
      for (const { uid } of owners) byOwner.set(uid, (byOwner.get(uid) ?? new Map()).set(id, key));
    },
    dependentsOf: (uid) => [...(byOwner.get(uid ?? "")?.values() ?? [])],
  };
}

/** One string for one object, whatever version it is read in. */
export const idOf = ({ type, namespace, name }: ObjectKey): string => `${type.group}/${type.plural}/${namespace}/${name}`;

/** What an owner reference leads to: the owner, nothing if it is gone, or that nobody can tell: its kind is unknown, or it stands where the dependent may not look. */
export type Owner =
  | { readonly kind: "found"; readonly key: ObjectKey; readonly object: KubernetesObject }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown" };

/** An owner stands in its dependent's namespace or belongs to the cluster, and has the uid that the reference says. */
export function findOwner(api: Api, dependent: KubernetesObject, { apiVersion, kind, name, uid }: OwnerReference): Owner {
  const type = api.types.ofKind(apiVersion, kind);
  const namespace = dependent.metadata.namespace ?? "";
  if (type === undefined || (type.namespaced && namespace === "")) return { kind: "unknown" };
  const key = { type, namespace: type.namespaced ? namespace : "", name };
  const object = api.find(key);
  return object?.metadata.uid === uid ? { kind: "found", key, object } : { kind: "absent" };
}
