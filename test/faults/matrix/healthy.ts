import { deliver } from "../plugin-files.ts";

/** The plugins that each scene has beside those that fail: their results must arrive intact, whatever happens to the others. */
export const healthySize = 200_000;
export const fine = { name: "fine", script: deliver("fine", healthySize) } as const;
export const everywhere = { name: "everywhere", driver: "DaemonSet", script: deliver("everywhere $NODE", healthySize) } as const;

/** Where nodes are broken: a plugin that is still at work on each of them. It ends when told to, as one does whose node is drained. */
export const slow = {
  name: "slow",
  driver: "DaemonSet",
  script:
    "echo part > $RESULTS_DIR/part.txt; trap 'exit 0' TERM; for i in $(seq 60); do sleep 1 & wait $!; done; echo $RESULTS_DIR/part.txt > $RESULTS_DIR/done",
} as const;
