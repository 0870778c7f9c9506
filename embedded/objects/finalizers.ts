import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { list, text } from "../../core/kubernetes/field.ts";
import type { Api } from "../api/registry/api.ts";
import type { ObjectKey } from "../api/store/store.ts";

/** What has to be done before a deleted object may go. */
export const finalizersOf = ({ metadata }: KubernetesObject): readonly string[] => list(metadata["finalizers"]).map(text);

/** Says that one of these is done; nothing happens where it is not there any more. */
export function dropFinalizer(api: Api, key: ObjectKey, finalizer: string): void {
  const object = api.find(key);
  if (object === undefined || !finalizersOf(object).includes(finalizer)) return;
  api.modify(key, (old) => ({ ...old, metadata: { ...old.metadata, finalizers: finalizersOf(old).filter((one) => one !== finalizer) } }));
}
