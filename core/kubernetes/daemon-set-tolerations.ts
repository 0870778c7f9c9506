/** The tolerations that Kubernetes gives to every pod of a DaemonSet. Source: k8s.io/kubernetes, pkg/controller/daemon/util/daemonset_util.go. */
export const daemonSetTolerations = ({ isOnHostNetwork }: { readonly isOnHostNetwork: boolean }): readonly DaemonSetToleration[] => [
  ...always,
  ...(isOnHostNetwork ? [tolerate("network-unavailable", "NoSchedule")] : []),
];

type DaemonSetToleration = { readonly key: string; readonly operator: "Exists"; readonly effect: string };

const tolerate = (state: string, effect: string): DaemonSetToleration => ({ key: `node.kubernetes.io/${state}`, operator: "Exists", effect });

const always = [
  tolerate("not-ready", "NoExecute"),
  tolerate("unreachable", "NoExecute"),
  tolerate("not-ready", "NoSchedule"),
  tolerate("unreachable", "NoSchedule"),
  tolerate("disk-pressure", "NoSchedule"),
  tolerate("memory-pressure", "NoSchedule"),
  tolerate("pid-pressure", "NoSchedule"),
  tolerate("unschedulable", "NoSchedule"),
];
