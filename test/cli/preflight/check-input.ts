import { buildRunObjects } from "../../../cli/run/build/objects.ts";
import type { CheckInput } from "../../../cli/preflight/check.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { openCluster } from "../../../core/cluster/open-cluster.ts";
import type { runPlan } from "../definitions.ts";

/** What a check gets that asks no cluster but for its nodes: there is none behind it. */
export const checkInput = (plan: ReturnType<typeof runPlan>, { nodes = [] }: { readonly nodes?: readonly KubernetesObject[] }): CheckInput => ({
  cluster: openCluster({
    server: "http://127.0.0.1:1",
    namespace: undefined,
    identity: { label: "nobody", loginHint: "", proxy: undefined },
    authenticate: () => Promise.resolve({ headers: {} }),
  }),
  plan,
  objects: buildRunObjects({ ...plan, served: { core: ["pods"], groups: [] } }),
  namespace: undefined,
  dns: { namespace: undefined, labels: undefined },
  nodes: () => Promise.resolve(nodes),
  signal: new AbortController().signal,
});
