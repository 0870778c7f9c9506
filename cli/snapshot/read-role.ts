import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import type { SnapshotOptions } from "../../core/contract/snapshot-options.ts";
import { field } from "../../core/kubernetes/field.ts";
import { chooseKinds } from "../../core/snapshot/discovery/choose-kinds.ts";
import { readKinds } from "../../core/snapshot/discovery/read-kinds.ts";
import { createAsker } from "../../core/snapshot/requests/ask.ts";
import { createRecord } from "../../core/snapshot/snapshot-record.ts";
import { readServerVersion } from "../run/read-server.ts";
import { buildRole } from "./build-role.ts";

export type RoleRequest = { readonly options: SnapshotOptions; readonly user: string | undefined; readonly signal: AbortSignal };

/** The role that a snapshot of this cluster needs, for a user, by default the one who asks; `problems` are what kept some kinds from being named. */
export async function readRole(
  cluster: Cluster,
  { options, user, signal }: RoleRequest,
): Promise<{ readonly objects: readonly KubernetesObject[]; readonly problems: readonly string[] }> {
  await readServerVersion(cluster, signal);
  const record = createRecord(signal);
  const kinds = await readKinds({ asker: createAsker(cluster, { ...options, signal }), record, groups: options.groups });
  const refusal = record.failures.find(({ resource }) => resource === "/api");
  if (refusal !== undefined)
    throw new KnownError("cluster-refused", `${cluster.server} does not say which kinds it has: ${refusal.message}.`, {
      hint: "Whoever may not ask for them can't be told which rights it takes; ask the cluster's administrator to run this.",
    });
  return {
    objects: buildRole(chooseKinds(kinds, options), options, user ?? (await readOwnName(cluster, signal))),
    problems: record.failures.map(({ resource, message }) => `Not in the role: what ${resource} serves, because it did not say (${message}).`),
  };
}

async function readOwnName(cluster: Cluster, signal: AbortSignal): Promise<string> {
  const review = await cluster
    .create({ apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview", metadata: { name: "" } }, { signal })
    .catch((error: unknown) => {
      signal.throwIfAborted();
      return error;
    });
  const name = field(review, "status", "userInfo", "username");
  if (typeof name === "string") return name;
  throw new KnownError("wrong-usage", "--rbac: the API server does not say who you are.", {
    hint: "Name the user: --rbac=jane, or --rbac=system:serviceaccount:NAMESPACE:NAME",
  });
}
