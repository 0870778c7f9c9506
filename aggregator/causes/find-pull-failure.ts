import type { ContainerView } from "../../core/kubernetes/pod-view.ts";
import type { Sight } from "./cause.ts";
import { findWaiting } from "./cause.ts";
import type { PullFailure } from "./parse-pull-failure.ts";
import { parsePullFailure } from "./parse-pull-failure.ts";

/** A container whose image does not come, why, and the runtime's words. */
export type PullTrouble = { readonly container: ContainerView; readonly failure: PullFailure; readonly message: string };

/** The first container of a pod that can't get its image; while the kubelet backs off, its events know more than its status. */
export function findPullFailure({ pod, events }: Sight): PullTrouble | undefined {
  const container = findWaiting(pod, ["ErrImagePull", "ImagePullBackOff", "RegistryUnavailable", "SignatureValidationFailed"]);
  if (!container) return undefined;
  const told = events.findLast(({ reason, message }) => reason === "Failed" && message.includes(`"${container.image}"`))?.message;
  const failure = parsePullFailure(container.message, container.image);
  if (failure !== "unknown" || told === undefined) return { container, failure, message: withoutPrefix(container.message) || container.reason };
  return { container, failure: parsePullFailure(told, container.image), message: withoutPrefix(told) };
}

/** What each component says in front of the next one's words tells only that it has asked it. */
const withoutPrefix = (message: string): string =>
  message.replace(/^(?:Back-off pulling image "[^"]*": ErrImagePull: |Failed to pull image "[^"]*": )/, "").replace(/^rpc error: code = \w+ desc = /, "");
