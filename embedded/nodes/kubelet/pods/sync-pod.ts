import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { field, text } from "../../../../core/kubernetes/field.ts";
import { typeOf } from "../../../objects/object-key.ts";
import { readFieldSources } from "../containers/field-sources.ts";
import { startContainer } from "../containers/start-container.ts";
import { setUpVolumes } from "../volumes/set-up-volumes.ts";
import { planStarts } from "./plan-starts.ts";
import type { PodHandle } from "./pod-handle.ts";
import { writeStatus } from "./write-status.ts";
import { messageOf } from "../../../to-error.ts";

/** What came of one look at a pod: whether it is over, and in how many milliseconds to look again if nothing happens before. */
export type Synced = { readonly isOver: boolean; readonly lookAgain: number | undefined };

/** Brings a pod a step nearer to what it asks for: volumes, sandbox, containers. Source: k8s.io/kubernetes, pkg/kubelet/kubelet.go, SyncPod. */
export async function syncPod(handle: PodHandle, mountDelay: number): Promise<Synced> {
  const { record, context } = handle;
  if (planStarts(handle.pod(), record).isOver && record.sandboxes > 0) return { isOver: true, lookAgain: undefined };
  const failures = await mountVolumes(handle);
  // Volumes that are there already need not come again: what they show stays as it was.
  if (failures.length > 0 && handle.sandbox === undefined) {
    for (const message of failures) handle.tell({ type: "Warning", reason: "FailedMount", message });
    return { isOver: false, lookAgain: mountDelay };
  }
  if (!(await openSandbox(handle))) return { isOver: false, lookAgain: context.timing.retry };
  const plan = planStarts(handle.pod(), record);
  for (const one of plan.starts) {
    if (handle.isEnding() || handle.signal.aborted) break;
    if (one.retryAt === undefined || one.retryAt <= performance.now()) await startContainer(handle, one);
  }
  // Ends that came meanwhile, and init containers that leave the way free.
  const later = planStarts(handle.pod(), record);
  const waits = later.starts.map(({ retryAt }) => Math.max(0, (retryAt ?? 0) - performance.now()));
  return { isOver: later.isOver, lookAgain: Math.min(context.timing.report, ...waits) };
}

async function mountVolumes(handle: PodHandle): Promise<readonly string[]> {
  const { context, record } = handle;
  const pod = handle.pod();
  const { paths, failures } = await setUpVolumes({
    context,
    pod,
    folder: join(context.folders.pods, record.uid, "volumes"),
    fields: readFieldSources(context, pod, record.address),
    tokens: record.tokens,
    user: readOneUser(pod),
    fsGroup: pod.spec.securityContext?.fsGroup,
  });
  handle.volumes = new Map([...handle.volumes, ...paths]);
  return failures;
}

/** The user of all containers, if they have one in common. */
function readOneUser({ spec }: ReturnType<PodHandle["pod"]>): number | undefined {
  const users = new Set([...(spec.initContainers ?? []), ...spec.containers].map((one) => one.securityContext?.runAsUser ?? spec.securityContext?.runAsUser));
  return users.size === 1 ? [...users][0] : undefined;
}

async function openSandbox(handle: PodHandle): Promise<boolean> {
  if (handle.sandbox !== undefined) return true;
  const { context, record } = handle;
  const { metadata, spec } = handle.pod();
  if (record.sandboxes > 0) handle.tell({ type: "Normal", reason: "SandboxChanged", message: "Pod sandbox changed, it will be killed and re-created." });
  try {
    const { uid, namespace, name } = metadata;
    const hostNetwork = spec.hostNetwork === true;
    refuseRuntime(handle);
    const sandbox = await context.runtime.openPod({ uid, namespace, name, nodeName: context.node.name, hostNetwork });
    if (handle.signal.aborted) {
      await sandbox.close();
      return false;
    }
    handle.sandbox = sandbox;
    record.address = hostNetwork ? context.node.address : sandbox.address;
  } catch (error) {
    const message = `Failed to create pod sandbox: rpc error: code = Unknown desc = ${messageOf(error)}`;
    handle.tell({ type: "Warning", reason: "FailedCreatePodSandBox", message });
    return false;
  }
  record.sandboxes += 1;
  record.isOpen = true;
  writeStatus(handle);
  return true;
}

/** There is one runtime; a RuntimeClass that means another is what a node looks like that was not set up for it. */
function refuseRuntime({ context: { api }, pod }: PodHandle): void {
  const name = pod().spec.runtimeClassName;
  if (name === undefined) return;
  const handler = text(field(api.find({ type: typeOf(api, "node.k8s.io/v1", "RuntimeClass"), namespace: "", name }), "handler"));
  if (!["", "runc"].includes(handler))
    throw new Error(`unable to get OCI runtime for sandbox "${randomBytes(32).toString("hex")}": no runtime for ${JSON.stringify(handler)} is configured`);
}
