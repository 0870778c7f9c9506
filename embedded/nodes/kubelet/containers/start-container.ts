import { randomBytes } from "node:crypto";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ContainerSpec, Image, RunningContainer } from "../../container.ts";
import { ContainerConfigError } from "../environment/build-environment.ts";
import { ensureImage } from "../images/ensure-image.ts";
import type { PodHandle } from "../pods/pod-handle.ts";
import type { ContainerRecord, ContainerRun } from "../pods/pod-record.ts";
import { currentRun } from "../pods/pod-record.ts";
import { formatPod } from "../pods/pod.ts";
import { buildContainerSpec } from "./build-container-spec.ts";
import { followRun } from "./follow-run.ts";
import { formatDuration } from "./format-duration.ts";
import { refuseCreation } from "./refuse-creation.ts";
import { renderStartError } from "./start-error.ts";
import { toError } from "../../../to-error.ts";

/**
 * Tries once to start a container: back-off, image, configuration, process, hook. What stands in the way is told in `record.waiting`, with the time of the next try.
 * Source: k8s.io/kubernetes, pkg/kubelet/kuberuntime/kuberuntime_container.go, startContainer.
 */
export async function startContainer(handle: PodHandle, record: ContainerRecord): Promise<void> {
  const { context } = handle;
  const { container } = record;
  if (isBackingOff(handle, record)) return;
  const image = ensureImage(context.runtime, container, record.pull);
  for (const event of image.events) handle.tell({ ...event, container: record });
  if ("waiting" in image)
    return waitFor(record, image.waiting, image.retryMs ?? (image.waiting.reason === "ErrImagePull" ? context.timing.second : context.timing.retry));
  record.pull.failedAt = undefined;
  const files = await makeFiles(handle, record);
  const spec = await configure(handle, record, { image: image.image, files });
  if (spec === undefined || handle.signal.aborted) return;
  const refusal = refuseCreation(handle.pod(), record.container);
  if (refusal !== undefined) {
    handle.tell({ type: "Warning", reason: "Failed", message: `Error: ${refusal}`, container: record });
    return waitFor(record, { reason: "CreateContainerError", message: refusal }, context.timing.retry);
  }
  handle.tell({ type: "Normal", reason: "Created", message: "Container created", container: record });
  await launch(handle, record, { spec, files });
}

/** Whether a container that crashed has to wait, which is told once for each wait. */
function isBackingOff(handle: PodHandle, record: ContainerRecord): boolean {
  const ended = currentRun(record)?.ended;
  if (ended === undefined) return false;
  const remaining = record.backOff.remaining(ended.at);
  if (remaining === 0) {
    record.backOff.next(ended.at);
    return false;
  }
  const pod = formatPod(handle.pod());
  const { name } = record.container;
  if (record.waiting?.reason !== "CrashLoopBackOff")
    handle.tell({ type: "Warning", reason: "BackOff", message: `Back-off restarting failed container ${name} in pod ${pod}`, container: record });
  const message = `back-off ${formatDuration(record.backOff.delay())} restarting failed container=${name} pod=${pod}`;
  waitFor(record, { reason: "CrashLoopBackOff", message }, remaining);
  return true;
}

function waitFor(record: ContainerRecord, waiting: NonNullable<ContainerRecord["waiting"]>, milliseconds: number): void {
  record.waiting = waiting;
  record.retryAt = performance.now() + milliseconds;
}

type Files = { readonly logFile: string; readonly messageFile: string };

/** Files of this try alone; those of the try before the last one are removed. */
async function makeFiles({ context, record: { uid }, pod }: PodHandle, { container: { name }, attempts }: ContainerRecord): Promise<Files> {
  const { namespace, name: podName } = pod().metadata;
  const logs = join(context.folders.logs, `${namespace}_${podName}_${uid}`, name);
  const messages = join(context.folders.pods, uid, "containers", name);
  const files = { logFile: join(logs, `${attempts}.log`), messageFile: join(messages, String(attempts)) };
  for (const file of [files.logFile, files.messageFile]) await mkdir(dirname(file), { recursive: true });
  await writeFile(files.messageFile, "");
  // Whoever the container runs as may write to it.
  await chmod(files.messageFile, 0o666);
  if (attempts >= 2) for (const old of [join(logs, `${attempts - 2}.log`), join(messages, String(attempts - 2))]) await rm(old, { force: true });
  return files;
}

async function configure(
  handle: PodHandle,
  record: ContainerRecord,
  { image, files }: { readonly image: Image; readonly files: Files },
): Promise<ContainerSpec | undefined> {
  const target = record.container.terminationMessagePath ?? "/dev/termination-log";
  try {
    return await buildContainerSpec(handle, { container: record.container, image, message: { source: files.messageFile, target, readOnly: false } });
  } catch (error) {
    if (!(error instanceof ContainerConfigError)) throw error;
    handle.tell({ type: "Warning", reason: "Failed", message: `Error: ${error.message}`, container: record });
    waitFor(record, { reason: "CreateContainerConfigError", message: error.message }, handle.context.timing.retry);
    return undefined;
  }
}

async function launch(handle: PodHandle, record: ContainerRecord, { spec, files }: { readonly spec: ContainerSpec; readonly files: Files }): Promise<void> {
  const { context, sandbox } = handle;
  const attempt = record.attempts;
  let started: RunningContainer | Error;
  try {
    if (sandbox === undefined) throw new Error("the pod's sandbox is gone");
    started = await sandbox.start(spec, files.logFile);
  } catch (error) {
    started = toError(error);
  }
  if (handle.signal.aborted) return started instanceof Error ? undefined : started.kill("SIGKILL");
  record.attempts += 1;
  const run: ContainerRun = {
    id: started instanceof Error ? randomBytes(32).toString("hex") : started.id,
    attempt,
    sandbox: handle.record.sandboxes,
    startedAt: started instanceof Error ? new Date(0) : context.clock.now(),
    user: { uid: spec.runAsUser, gid: spec.runAsGroup, fsGroup: spec.fsGroup },
    logFile: files.logFile,
    process: started instanceof Error ? undefined : started,
    started: false,
    ready: false,
    isOutOfMemory: false,
    isDying: false,
    ended: undefined,
  };
  record.runs = [...record.runs, run].slice(-2);
  record.waiting = undefined;
  record.retryAt = undefined;
  if (started instanceof Error) return fail(handle, record, { run, message: renderStartError(started, spec.command[0] ?? "") });
  handle.tell({ type: "Normal", reason: "Started", message: "Container started", container: record });
  // It was on its way when the node froze.
  if (context.power() === "frozen") started.freeze();
  await followRun(handle, record, { run, process: started, files });
}

function fail(handle: PodHandle, record: ContainerRecord, { run, message }: { readonly run: ContainerRun; readonly message: string }): void {
  run.ended = { exitCode: 128, reason: "StartError", message, finishedAt: handle.context.clock.now(), at: performance.now() };
  handle.tell({ type: "Warning", reason: "Failed", message: `Error: ${message}`, container: record });
  // What is not tried again does not wait.
  const isLast = handle.pod().spec.restartPolicy === "Never" && record.kind !== "sidecar";
  if (!isLast) waitFor(record, { reason: "RunContainerError", message }, handle.context.timing.second);
}
