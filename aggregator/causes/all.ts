import type { Cause } from "./cause.ts";
import { containerConfig } from "./container-config.ts";
import { evicted } from "./evicted.ts";
import { imagePull } from "./image-pull.ts";
import { imageRefused } from "./image-refused.ts";
import { initFailed } from "./init-failed.ts";
import { nodeDeleted } from "./node-deleted.ts";
import { nodeNotReady } from "./node-not-ready.ts";
import { podDeleted } from "./pod-deleted.ts";
import { unschedulable } from "./unschedulable.ts";
import { workerLost } from "./worker-lost.ts";

/** Every cause, the most telling first: the first that matches is the one that is shown. */
export const allCauses: readonly Cause[] = [
  nodeDeleted,
  nodeNotReady,
  evicted,
  podDeleted,
  initFailed,
  imageRefused,
  imagePull,
  containerConfig,
  workerLost,
  unschedulable,
];
