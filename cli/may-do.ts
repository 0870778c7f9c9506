import type { Cluster } from "../core/cluster/cluster.ts";
import { field } from "../core/kubernetes/field.ts";

/** An RBAC verb on something of an API group; without a namespace: in all of them, or of what has none. */
export type Right = {
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string | undefined;
  readonly name?: string;
};

/** Whether the person may do that, as the API server itself judges it (a SelfSubjectAccessReview); KnownError where even that can't be asked. */
export async function mayDo(cluster: Cluster, { group, namespace, ...rest }: Right, signal: AbortSignal): Promise<boolean> {
  const review = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    metadata: { name: "" },
    spec: { resourceAttributes: { ...rest, ...(group !== undefined && { group }), ...(namespace !== undefined && { namespace }) } },
  };
  return field(await cluster.create(review, { signal }), "status", "allowed") === true;
}
