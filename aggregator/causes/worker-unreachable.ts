import type { Cause } from "./cause.ts";
import { quoteMessage } from "./cause.ts";

/** Neither does a worker that runs come to the aggregator, nor the aggregator to the worker; a pod network may mend itself while the plugin is at work. */
export const workerUnreachable: Cause = {
  code: "worker-unreachable",
  graceSeconds: ({ pod, workerContainer }) =>
    pod?.containers.every(({ name, state }) => name === workerContainer || state === "terminated") === true ? endedSeconds : workingSeconds,
  // A try by exec that fails is made again within seconds.
  hiddenSeconds: 10,
  ends: "lost",
  match({ unreached, namespace, node }) {
    if (unreached === undefined) return undefined;
    return {
      message: `The pod network carries nothing from the worker beside the plugin to the aggregator, and no way through the API server could be made: ${quoteMessage(unreached)}`,
      hint: `See \`kubectl auth can-i create pods --subresource=exec -n ${namespace} --as=system:serviceaccount:${namespace}:asdic-aggregator\`, and mend the pod network${node === undefined ? "" : ` of node ${node.name}`}.`,
    };
  },
};

/** Its result lies there, and nobody can fetch it. */
const endedSeconds = 60;
const workingSeconds = 300;
