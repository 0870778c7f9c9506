import type { Cause } from "./cause.ts";
import { containerConfig } from "./container-config.ts";
import { containerCreate } from "./container-create.ts";
import { containerStart } from "./container-start.ts";
import { crashed } from "./crashed.ts";
import { evicted } from "./evicted.ts";
import { imageNeverPulled } from "./image-never-pulled.ts";
import { imageNotFound } from "./image-not-found.ts";
import { imagePull } from "./image-pull.ts";
import { imageRefused } from "./image-refused.ts";
import { initFailed } from "./init-failed.ts";
import { invalidImageName } from "./invalid-image-name.ts";
import { kubeletRefused } from "./kubelet-refused.ts";
import { namespaceDeleted } from "./namespace-deleted.ts";
import { nodeDeleted } from "./node-deleted.ts";
import { nodeDrained } from "./node-drained.ts";
import { nodeNotReady } from "./node-not-ready.ts";
import { objectRefused } from "./object-refused.ts";
import { outOfMemory } from "./out-of-memory.ts";
import { podDeleted } from "./pod-deleted.ts";
import { podSecurity } from "./pod-security.ts";
import { preempted } from "./preempted.ts";
import { quotaExceeded } from "./quota-exceeded.ts";
import { rbacRefused } from "./rbac-refused.ts";
import { registryUnreachable } from "./registry-unreachable.ts";
import { resultMissing } from "./result-missing.ts";
import { resultTooLarge } from "./result-too-large.ts";
import { resultUnreadable } from "./result-unreadable.ts";
import { runTimedOut } from "./run-timed-out.ts";
import { sandboxFailed } from "./sandbox-failed.ts";
import { timedOut } from "./timed-out.ts";
import { unschedulable } from "./unschedulable.ts";
import { uploadRefused } from "./upload-refused.ts";
import { volumeFailed } from "./volume-failed.ts";
import { webhookRefused } from "./webhook-refused.ts";
import { workerLost } from "./worker-lost.ts";
import { workerUnreachable } from "./worker-unreachable.ts";
import { wrongPlatform } from "./wrong-platform.ts";

/** Every cause, the most telling first: the first that matches is the one that is shown. */
export const allCauses: readonly Cause[] = [
  resultTooLarge,
  resultMissing,
  resultUnreadable,
  uploadRefused,
  timedOut,
  runTimedOut,
  namespaceDeleted,
  nodeDeleted,
  nodeNotReady,
  preempted,
  nodeDrained,
  kubeletRefused,
  evicted,
  podDeleted,
  quotaExceeded,
  podSecurity,
  webhookRefused,
  rbacRefused,
  objectRefused,
  wrongPlatform,
  imageRefused,
  imageNotFound,
  registryUnreachable,
  imagePull,
  invalidImageName,
  imageNeverPulled,
  containerConfig,
  containerCreate,
  containerStart,
  initFailed,
  outOfMemory,
  crashed,
  workerLost,
  workerUnreachable,
  volumeFailed,
  sandboxFailed,
  unschedulable,
];
