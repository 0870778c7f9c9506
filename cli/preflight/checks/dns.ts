import type { Cluster } from "../../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { parsePodView } from "../../../core/kubernetes/pod-view.ts";
import type { Check, DnsPods } from "../check.ts";
import { listAll } from "../../list-all.ts";

/** Where kubeadm and most others have their DNS, and where OpenShift has it. */
const places: readonly Place[] = [
  { namespace: "kube-system", labels: ["k8s-app=kube-dns", "k8s-app=coredns"] },
  { namespace: "openshift-dns", labels: ["dns.operator.openshift.io/daemonset-dns=default"] },
];

type Place = { readonly namespace: string; readonly labels: readonly string[] };

/** Whether the cluster's DNS runs: asdic itself goes by addresses, but plugins may look up names. */
export const dns: Check = {
  code: "dns",
  sonobuoyName: "dnscheck",
  run: async ({ cluster, signal, ...input }) => {
    const asked = choosePlaces(input.dns);
    for (const place of asked) {
      const pods = await listPods(cluster, place, signal);
      if (pods.length === 0) continue;
      const ready = pods.filter(isReady).length;
      const seen = `${ready} of ${pods.length} pods of the cluster's DNS in ${place.namespace} are ready.`;
      if (ready > 0) return { seen, problems: [] };
      const fix = `\`kubectl get pods -n ${place.namespace} -l ${place.labels[0] ?? ""}\` shows them; plugins that look up names will fail.`;
      return {
        seen,
        problems: [{ severity: "warning", sentence: `None of the ${pods.length} pods of the cluster's DNS in ${place.namespace} is ready.`, fix }],
      };
    }
    const where = asked.map(({ namespace, labels }) => `${labels.join(" or ")} in ${namespace}`).join(", nor with ");
    const fix = "Plugins that look up names may fail; --dns-namespace and --dns-pod-labels say where the cluster's DNS is.";
    return { seen: "", problems: [{ severity: "warning", sentence: `There is no pod of the cluster's DNS with ${where}.`, fix }] };
  },
};

function choosePlaces({ namespace, labels }: DnsPods): readonly Place[] {
  const [usual] = places;
  if (usual === undefined || (namespace === undefined && labels === undefined)) return places;
  return [{ namespace: namespace ?? usual.namespace, labels: labels ?? usual.labels }];
}

/** Any one of the labels is enough; those with the same key are one question. */
async function listPods(cluster: Cluster, { namespace, labels }: Place, signal: AbortSignal): Promise<readonly KubernetesObject[]> {
  const byKey = Map.groupBy(labels, (label) => label.slice(0, label.indexOf("=")));
  const selectors = [...byKey].map(([key, ofKey]) => `${key} in (${ofKey.map((label) => label.slice(key.length + 1)).join(",")})`);
  const lists = await Promise.all(selectors.map((labelSelector) => listAll(cluster, { apiVersion: "v1", kind: "Pod", namespace, labelSelector, signal })));
  return lists.flat();
}

const isReady = (pod: KubernetesObject): boolean => parsePodView(pod).conditions.some(({ type, status }) => type === "Ready" && status === "True");
