import type { Bench } from "../bench.ts";
import type { SmokeCase } from "../run-case.ts";

/** Pods are accepted, placed, given their image and started. */
export const createPods = ({ placement, podsStarted }: Bench): SmokeCase => ({
  name: "create a pod",
  needs: [],
  test: async () => {
    const pods = await podsStarted;
    const place = await placement;
    const unused = place.kind === "no-node" ? [] : place.others;
    return [...pods.map(({ name, nodeName }) => `${name} runs on ${nodeName}`), ...unused.map((node) => `not used: ${node}`)].join("\n");
  },
});
