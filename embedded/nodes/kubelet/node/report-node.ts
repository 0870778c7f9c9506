import type { JsonObject } from "../../../../core/contract/json.ts";
import { StatusError } from "../../../api/status-error.ts";
import { findCondition, withCondition } from "../../../objects/conditions.ts";
import type { Condition } from "../../../objects/conditions.ts";
import { objectAt } from "../../../objects/object-fields.ts";
import { typeOf } from "../../../objects/object-key.ts";
import { recordEvent } from "../../record-event.ts";
import { renderTime } from "../../../objects/render-time.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import { bootIdOf, buildNode, buildNodeFacts } from "./build-node.ts";

/** Makes the node known; a Node that is there already, as after a reboot, gets this kubelet's labels and keeps everything else. */
export function registerNode(context: KubeletContext, boot: number): void {
  const { api, node } = context;
  const key = { type: typeOf(api, "v1", "Node"), namespace: "", name: node.name };
  const wanted = buildNode(node);
  if (api.find(key) === undefined) api.create(key.type, wanted);
  else
    api.modify(key, (old) => ({
      ...old,
      metadata: { ...old.metadata, labels: { ...old.metadata.labels, ...wanted.metadata.labels } },
      spec: { podCIDR: node.podCIDR, podCIDRs: [node.podCIDR], ...objectAt(old["spec"]) },
    }));
  tellNode(context, { type: "Normal", reason: "Starting", message: "Starting kubelet." });
  if (boot > 1) tellNode(context, { type: "Warning", reason: "Rebooted", message: `Node ${node.name} has been rebooted, boot id: ${bootIdOf(node, boot)}` });
  reportNode(context, boot);
}

/** Writes how the node is. A Node that somebody deleted stays deleted, as with a real kubelet. */
export function reportNode(context: KubeletContext, boot: number): void {
  const { api, node, clock } = context;
  const key = { type: typeOf(api, "v1", "Node"), namespace: "", name: node.name };
  if (context.power() !== "on" || api.find(key) === undefined) return;
  const before = api.get(key);
  const now = clock.now();
  const judged = judgeNode(context);
  const conditions = judged.reduce((object: JsonObject, condition) => ({ status: { conditions: withCondition(object, condition, now) } }), before);
  const { conditions: list } = readStatus(conditions);
  try {
    api.modify(key, (old) => ({ ...old, status: { ...readStatus(old), ...buildNodeFacts(node, boot), conditions: list } }), { subresource: "status" });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return;
  }
  for (const condition of judged) tellChange(context, before, condition);
}

/** An event about the node itself, which the kubelet knows by its name only. */
export function tellNode(
  { api, clock, node }: KubeletContext,
  event: { readonly type: "Normal" | "Warning"; readonly reason: string; readonly message: string },
): void {
  const about = { apiVersion: "v1", kind: "Node", metadata: { name: node.name, uid: node.name } };
  recordEvent(api, clock, { about, ...event, component: "kubelet", host: node.name });
}

const readStatus = (object: JsonObject): JsonObject => objectAt(object["status"]);

function judgeNode({ clock, isDiskFull }: KubeletContext): readonly Condition[] {
  const lastHeartbeatTime = renderTime(clock.now());
  const disk = isDiskFull()
    ? { status: "True" as const, reason: "KubeletHasDiskPressure", message: "kubelet has disk pressure" }
    : { status: "False" as const, reason: "KubeletHasNoDiskPressure", message: "kubelet has no disk pressure" };
  return [
    {
      type: "MemoryPressure",
      status: "False",
      lastHeartbeatTime,
      reason: "KubeletHasSufficientMemory",
      message: "kubelet has sufficient memory available",
    },
    { type: "DiskPressure", lastHeartbeatTime, ...disk },
    { type: "PIDPressure", status: "False", lastHeartbeatTime, reason: "KubeletHasSufficientPID", message: "kubelet has sufficient PID available" },
    { type: "Ready", status: "True", lastHeartbeatTime, reason: "KubeletReady", message: "kubelet is posting ready status" },
  ];
}

/** `kubectl describe node` shows these for each condition that changes. */
function tellChange(context: KubeletContext, before: JsonObject, { type, status, reason }: Condition): void {
  if (findCondition(before, type)?.["status"] === status) return;
  const name = type === "Ready" ? "NodeReady" : String(reason).replace("Kubelet", "Node");
  tellNode(context, { type: "Normal", reason: name, message: `Node ${context.node.name} status is now: ${name}` });
}
