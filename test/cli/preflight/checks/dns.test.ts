import assert from "node:assert/strict";
import { test } from "node:test";
import type { DnsPods } from "../../../../cli/preflight/check.ts";
import { dns } from "../../../../cli/preflight/checks/dns.ts";
import { runPlan } from "../../definitions.ts";
import { answerJson, startApiServer } from "../../../core/cluster/api-server.ts";
import { checkInput } from "../check-input.ts";

const pod = (name: string, ready: boolean) => ({
  metadata: { name },
  status: { phase: "Running", conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
});
const usual = "kube-system k8s-app in (kube-dns,coredns)";
const openshift = "openshift-dns dns.operator.openshift.io/daemonset-dns in (default)";

const cases: readonly {
  readonly of: string;
  /** Pods by namespace and selector. */
  readonly pods: { readonly [question: string]: readonly object[] };
  readonly where?: Partial<DnsPods>;
  readonly asked: readonly string[];
  readonly seen?: string;
  readonly says?: RegExp;
}[] = [
  { of: "kubeadm's", pods: { [usual]: [pod("a", true), pod("b", false)] }, asked: [usual], seen: "1 of 2 pods of the cluster's DNS in kube-system are ready." },
  {
    of: "OpenShift's",
    pods: { [openshift]: [pod("a", true)] },
    asked: [usual, openshift],
    seen: "1 of 1 pods of the cluster's DNS in openshift-dns are ready.",
  },
  {
    of: "pods that are not ready",
    pods: { [usual]: [pod("a", false)] },
    asked: [usual],
    says: /^None of the 1 pods of the cluster's DNS in kube-system is ready\./,
  },
  {
    of: "none",
    pods: {},
    asked: [usual, openshift],
    says: /^There is no pod of the cluster's DNS with k8s-app=kube-dns or k8s-app=coredns in kube-system, nor with dns\.operator\S+=default in openshift-dns\./,
  },
  {
    of: "one that is said to be elsewhere, by one label or another",
    pods: { "names a in (b,c)": [], "names d in (e)": [pod("a", true)] },
    where: { namespace: "names", labels: ["a=b", "a=c", "d=e"] },
    asked: ["names a in (b,c)", "names d in (e)"],
    seen: "1 of 1 pods of the cluster's DNS in names are ready.",
  },
];

for (const { of, pods, where, asked, seen, says } of cases)
  test(`dns: ${of}`, async () => {
    const { cluster, received } = await startApiServer(({ path, query }, response) =>
      answerJson(response, { kind: "PodList", metadata: {}, items: pods[question({ path, query })] ?? [] }),
    );
    const found = await dns.run({ ...checkInput(runPlan([]), {}), cluster, dns: { namespace: undefined, labels: undefined, ...where } });
    assert.deepEqual(received.map(question).toSorted(), [...asked].toSorted());
    assert.deepEqual(
      found.problems.map(({ severity }) => severity),
      says === undefined ? [] : ["warning"],
    );
    if (seen !== undefined) assert.equal(found.seen, seen);
    if (says !== undefined) assert.match(found.problems[0]?.sentence ?? "", says);
  });

const question = ({ path, query }: { readonly path: string; readonly query: URLSearchParams }): string =>
  `${path.split("/")[4] ?? ""} ${query.get("labelSelector") ?? ""}`;
