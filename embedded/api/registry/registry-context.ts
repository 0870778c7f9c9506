import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { Clock } from "../../clock.ts";
import type { ResourceType } from "../resource-type.ts";
import type { Schema } from "../schema/schema.ts";
import type { Store } from "../store/store.ts";
import type { Admission, TypeTable, User, WriteOptions } from "./api.ts";

/** What every verb works with. */
export type RegistryContext = {
  readonly store: Store;
  readonly types: TypeTable;
  readonly schema: Schema;
  readonly admissions: readonly Admission[];
  readonly clock: Clock;
};

/** A change that was asked for, where it stands and by whom. */
type ChangeRequest = {
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  readonly type: ResourceType;
  readonly object: KubernetesObject;
  readonly old?: KubernetesObject;
  readonly options: Pick<WriteOptions, "subresource" | "dryRun" | "user" | "warn">;
};

/** Who controllers and kubelets of this process are to the admissions; they may do everything. */
const system: User = { name: "system:apiserver", groups: ["system:masters", "system:authenticated"] };

/** The object as the admissions leave it. Throws StatusError where one refuses. */
export function admit({ admissions, store, types }: RegistryContext, { operation, type, object, old, options }: ChangeRequest): KubernetesObject {
  const { metadata } = old ?? object;
  const request = {
    operation,
    type,
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    subresource: options.subresource ?? "",
    ...(old === undefined ? {} : { old }),
    dryRun: options.dryRun === true,
    user: options.user ?? system,
    store,
    types,
    warn: options.warn ?? ((): void => undefined),
  };
  return admissions.reduce((admitted, admission) => admission({ ...request, object: admitted }), object);
}
