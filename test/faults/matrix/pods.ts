import { besideWorker } from "../plugin-files.ts";
import type { Act, Row } from "./row.ts";

const untilReady = ({ stage, namespace, plugin, signal }: Act) =>
  stage.untilPod(plugin, { namespace, signal, is: ({ conditions }) => conditions.some(({ type, status }) => type === "Ready" && status === "True") });

const lasts = "echo part > $RESULTS_DIR/part.txt; sleep 3600";

/** Pods that find no place, or lose it. */
export const pods: readonly Row[] = [
  {
    code: "unschedulable",
    state: "failed",
    plugin: { podSpec: { nodeSelector: { disk: "none-like-this" } } },
    grace: 30,
    // An autoscaler that says that it can't help; where none speaks, the grace is two minutes.
    async provoke({ stage, namespace, plugin, signal }) {
      const { name, uid } = await stage.untilPod(plugin, {
        namespace,
        signal,
        is: ({ conditions }) => conditions.some(({ reason }) => reason === "Unschedulable"),
      });
      stage.create({
        apiVersion: "v1",
        kind: "Event",
        metadata: { name: `${name}.autoscaler`, namespace },
        involvedObject: { apiVersion: "v1", kind: "Pod", namespace, name, uid },
        type: "Normal",
        reason: "NotTriggerScaleUp",
        message: "pod didn't trigger scale-up: 1 node(s) didn't match Pod's node affinity/selector",
        source: { component: "cluster-autoscaler" },
        firstTimestamp: new Date().toISOString(),
        lastTimestamp: new Date().toISOString(),
        count: 1,
      });
    },
    sentence: /^No node can take the pod, and the autoscaler can bring none: 0\/\d nodes are available/,
    evidence: /"reason":"NotTriggerScaleUp"/,
  },
  {
    code: "kubelet-refused",
    state: "lost",
    plugin: { podSpec: { nodeName: "calm-1" }, container: { resources: { requests: { cpu: "100" } } } },
    // It is made once more, because nothing of it had run.
    before: 5,
    sentence: /^Node calm-1 does not take the pod \(OutOfcpu\)/,
    evidence: /Node didn't have enough resource: cpu, requested: 100010/,
  },
  {
    code: "evicted",
    state: "lost",
    plugin: {
      script: "head -c 3000000 /dev/zero > /small/zeros; sleep 3600",
      "extra-volumes": [{ name: "small", emptyDir: { sizeLimit: "1Mi" } }],
      container: { volumeMounts: [{ name: "small", mountPath: "/small" }] },
    },
    grace: 0,
    sentence: /^Kubernetes ended the pod .*exceeds the limit/,
    evidence: /"reason":"(?:Evicted|TerminationByKubelet)"/,
  },
  {
    code: "pod-deleted",
    state: "failed",
    plugin: { script: lasts, container: besideWorker },
    grace: 0,
    async provoke(act) {
      const { name } = await untilReady(act);
      act.stage.faults.pod.delete({ namespace: act.namespace, name });
    },
    sentence: /^The plugin's pod was deleted before its result had come/,
    evidence: /"deleted":"being deleted"/,
    collected: { "part.txt": "part\n" },
  },
];

/** The one that needs a node without room. */
export const tight: readonly Row[] = [
  {
    code: "preempted",
    state: "failed",
    plugin: { script: lasts, container: { ...besideWorker, resources: { requests: { cpu: "700m" } } } },
    grace: 0,
    async provoke(act) {
      const { name } = await untilReady(act);
      act.stage.create({
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: `urgent-${name}`, namespace: "default" },
        spec: {
          priorityClassName: "urgent",
          nodeSelector: { scene: "tight" },
          containers: [{ name: "c", image: "busybox", command: ["sleep", "3600"], resources: { requests: { cpu: "500m" } } }],
        },
      });
    },
    sentence: /^The pod had to make room for one of higher priority on node tight/,
    evidence: /"reason":"PreemptionByScheduler"/,
    collected: { "part.txt": "part\n" },
  },
];
