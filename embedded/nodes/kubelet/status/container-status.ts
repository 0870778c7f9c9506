import type { JsonObject } from "../../../../core/contract/json.ts";
import { renderTime } from "../../../objects/render-time.ts";
import { imageIdOf } from "../images/ensure-image.ts";
import type { ContainerRecord, ContainerRun } from "../pods/pod-record.ts";
import { currentRun } from "../pods/pod-record.ts";

/** One entry of containerStatuses, as the kubelet writes it. `otherwise` is the reason of a container that waits for nothing of its own. */
export function buildContainerStatus(record: ContainerRecord, otherwise: string, isAllOver: boolean): JsonObject {
  const { container } = record;
  const run = currentRun(record);
  const mounts = (container.volumeMounts ?? []).map(({ name, mountPath, readOnly }) =>
    readOnly === true ? { name, mountPath, readOnly, recursiveReadOnly: "Disabled" } : { name, mountPath },
  );
  return {
    name: container.name,
    state: buildState(record, otherwise, isAllOver),
    lastState: buildLastState(record),
    ready: isReady(record),
    restartCount: run?.attempt ?? 0,
    image: container.image,
    imageID: run === undefined ? "" : imageIdOf(container.image),
    ...(run === undefined ? {} : { containerID: `containerd://${run.id}` }),
    started: record.kind !== "init" && run?.started === true,
    ...(run === undefined ? {} : { resources: readResources(record) }),
    ...(mounts.length === 0 ? {} : { volumeMounts: mounts }),
    ...(run === undefined ? {} : { user: { linux: readUser(run) } }),
  };
}

/** Whether it counts as ready: an init container when it is done, any other when it runs and its probes agree. */
export function isReady(record: ContainerRecord): boolean {
  const run = currentRun(record);
  return record.kind === "init" ? run?.ended?.exitCode === 0 : run?.ready === true;
}

function buildState(record: ContainerRecord, otherwise: string, isAllOver: boolean): JsonObject {
  const run = currentRun(record);
  if (run !== undefined && run.ended === undefined) return { running: { startedAt: renderTime(run.startedAt) } };
  if (run !== undefined && (record.waiting === undefined || isAllOver)) return { terminated: renderTerminated(run) };
  if (isAllOver) return { terminated: lostContainer };
  const { reason, message } = record.waiting ?? { reason: otherwise, message: "" };
  return { waiting: { reason, ...(message === "" ? {} : { message }) } };
}

/** What the kubelet says of a container that was never made when its pod ended. */
const lostContainer: JsonObject = {
  exitCode: 137,
  reason: "ContainerStatusUnknown",
  message: "The container could not be located when the pod was terminated",
  startedAt: null,
  finishedAt: null,
};

/** While a container waits for its next start, its last end is there and not in the state. */
function buildLastState(record: ContainerRecord): JsonObject {
  const last = chooseLastRun(record);
  return last === undefined ? {} : { terminated: renderTerminated(last) };
}

/** The run before the one that the state tells of: what `logs --previous` reads. */
export function chooseLastRun(record: ContainerRecord): ContainerRun | undefined {
  const run = currentRun(record);
  return run?.ended !== undefined && record.waiting !== undefined ? run : record.runs.at(-2);
}

function renderTerminated({ id, startedAt, ended }: ContainerRun): JsonObject {
  if (ended === undefined) return {};
  return {
    exitCode: ended.exitCode,
    reason: ended.reason,
    ...(ended.message === "" ? {} : { message: ended.message }),
    startedAt: renderTime(startedAt),
    finishedAt: renderTime(ended.finishedAt),
    containerID: `containerd://${id}`,
  };
}

function readResources({ container: { resources = {} } }: ContainerRecord): JsonObject {
  const { limits, requests } = resources;
  return { ...(limits === undefined ? {} : { limits }), ...(requests === undefined ? {} : { requests }) };
}

const readUser = ({ user: { uid, gid, fsGroup } }: ContainerRun): JsonObject => ({
  uid,
  gid,
  supplementalGroups: fsGroup === undefined || fsGroup === gid ? [gid] : [gid, fsGroup],
});
