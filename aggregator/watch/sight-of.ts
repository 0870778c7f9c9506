import type { Refusal, Sight } from "../causes/cause.ts";
import { containerNames, globalNode } from "../../core/contract/names.ts";
import { parseNodeView } from "../../core/kubernetes/node-view.ts";
import type { ExpectedResult } from "../state/expected-results.ts";
import type { EventWatch } from "./event-watch.ts";
import type { NodeWatch } from "./node-watch.ts";
import type { SeenPod } from "./pod-watch.ts";

/** Where all that can be seen of a result comes from. */
export type Surroundings = {
  readonly namespace: string;
  readonly nodes: NodeWatch;
  readonly events: Pick<EventWatch, "of">;
  readonly isNamespaceGoing: () => boolean;
  /** The name of a plugin's own container. */
  readonly containerOf: (plugin: string) => string;
};

/** All that is seen of a result at this moment; `jobUid` is that of what was made for it. */
export function sightOf(
  result: ExpectedResult,
  seen: { readonly pod: SeenPod | undefined; readonly jobUid: string | undefined; readonly refusal: Refusal | undefined },
  { namespace, nodes, events, isNamespaceGoing, containerOf }: Surroundings,
): Sight {
  const { pod, jobUid, refusal } = seen;
  const nodeName = nodeOf(result, pod);
  const node = nodeName === undefined ? undefined : nodes.find(nodeName);
  return {
    plugin: result.plugin,
    namespace,
    pod: pod?.view,
    podGone: pod?.gone === true,
    node: node && parseNodeView(node),
    nodeGone: nodes.isSynced() && nodeName !== undefined && node === undefined,
    namespaceGoing: isNamespaceGoing(),
    events: [...(jobUid === undefined || jobUid === pod?.view.uid ? [] : events.of(jobUid)), ...(pod ? events.of(pod.view.uid) : [])],
    refusal,
    delivery: undefined,
    timeUp: result.timeUp,
    unreached: result.unreached,
    workerContainer: containerNames.worker,
    pluginContainer: containerOf(result.plugin),
  };
}

/** The node on which a result is, or is to be, made. */
export const nodeOf = (result: ExpectedResult, pod: SeenPod | undefined): string | undefined => (result.node === globalNode ? pod?.view.nodeName : result.node);
