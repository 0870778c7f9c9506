import type { Cause, Sight } from "./cause.ts";
import { findEvent, quoteMessage } from "./cause.ts";

/** The scheduler finds no node; how long that is borne depends on what an autoscaler says about it. */
export const unschedulable: Cause = {
  code: "unschedulable",
  graceSeconds: ({ events }) => graces[readAutoscaler(events)],
  // A pod is not scheduled for a moment where others are just going.
  hiddenSeconds: 2,
  ends: "failed",
  match({ pod, events }) {
    const condition = pod?.conditions.find(({ type, status, reason }) => type === "PodScheduled" && status === "False" && reason === "Unschedulable");
    return (
      condition && {
        message: `No node can take the pod${words[readAutoscaler(events)]}: ${quoteMessage(condition.message)}`,
        hint: "Free or add resources (`kubectl describe nodes`), or give the plugin's podSpec tolerations, a nodeSelector or smaller requests that fit.",
      }
    );
  },
};

type Autoscaler = "acts" | "silent" | "refuses";

/** Seconds: a machine takes minutes to come; where nobody says anything an autoscaler may still be about to. */
const graces: Readonly<Record<Autoscaler, number>> = { acts: 600, silent: 120, refuses: 30 };
const words: Readonly<Record<Autoscaler, string>> = { acts: ", and an autoscaler is bringing one", silent: "", refuses: ", and the autoscaler can bring none" };

/** Reasons of cluster-autoscaler (TriggeredScaleUp, NotTriggerScaleUp) and Karpenter (Nominated, NominatePod). The last word counts. */
function readAutoscaler(events: Sight["events"]): Autoscaler {
  const last = findEvent(events, [...acting, "NotTriggerScaleUp"]);
  return last === undefined ? "silent" : acting.includes(last.reason) ? "acts" : "refuses";
}

const acting: readonly string[] = ["TriggeredScaleUp", "Nominated", "NominatePod"];
