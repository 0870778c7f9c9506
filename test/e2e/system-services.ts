import { kubectl } from "./asdic.ts";

/** What most clusters' networks lean on, and this one's tests take away. */
type Service = "kube-proxy" | "coredns";

const system = ["-n", "kube-system"] as const;

/** Ends every pod of a service of the cluster and waits until they are gone. What kube-proxy has set up stays, so that only Services made later are not reached. */
export async function removeService(service: Service): Promise<void> {
  if (service === "kube-proxy") await selectNodes('"yes"');
  else await kubectl(...system, "scale", "deployment/coredns", "--replicas=0");
  await kubectl(...system, "wait", "--for=delete", "pod", "-l", `k8s-app=${service === "coredns" ? "kube-dns" : service}`, "--timeout=60s");
}

/** Brings it back and waits until it works again. */
export async function returnService(service: Service): Promise<void> {
  if (service === "kube-proxy") await selectNodes("null");
  else await kubectl(...system, "scale", "deployment/coredns", "--replicas=2");
  await kubectl(...system, "rollout", "status", service === "coredns" ? "deployment/coredns" : "daemonset/kube-proxy", "--timeout=120s");
}

const selectNodes = (value: string): Promise<string> =>
  kubectl(...system, "patch", "daemonset", "kube-proxy", "-p", `{"spec":{"template":{"spec":{"nodeSelector":{"asdic-e2e/none":${value}}}}}}`);
