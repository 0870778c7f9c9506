import { StatusError } from "../../../api/status-error.ts";
import { objectAt } from "../../../objects/object-fields.ts";
import { typeOf } from "../../../objects/object-key.ts";
import type { KubeletContext } from "../kubelet-context.ts";

/** Tells that the node lives, cheaply: its Lease, owned by its Node. */
export function renewLease({ api, node, clock, power }: KubeletContext): void {
  if (power() !== "on") return;
  const key = { type: typeOf(api, "coordination.k8s.io/v1", "Lease"), namespace: "kube-node-lease", name: node.name };
  const owner = api.find({ type: typeOf(api, "v1", "Node"), namespace: "", name: node.name });
  const renewTime = clock.now().toISOString().replace("Z", "000Z");
  try {
    if (api.find(key) !== undefined) return void api.modify(key, (lease) => ({ ...lease, spec: { ...objectAt(lease["spec"]), renewTime } }));
    // Without its Node there would be nobody to take the Lease away.
    if (owner === undefined) return;
    const ownerReferences = [{ apiVersion: "v1", kind: "Node", name: node.name, uid: owner.metadata.uid ?? "" }];
    api.create(key.type, {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { name: node.name, namespace: "kube-node-lease", ownerReferences },
      spec: { holderIdentity: node.name, leaseDurationSeconds: 40, renewTime },
    });
  } catch (error) {
    // The namespace may not be there yet; the next renewal tries again.
    if (!(error instanceof StatusError)) throw error;
  }
}
