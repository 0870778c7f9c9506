import { createHash } from "node:crypto";
import type { ContainerRuntime, Image } from "../../container.ts";
import type { Container } from "../pods/pod.ts";
import type { BackOff } from "./back-off.ts";
import { parseImageName } from "../../../../core/kubernetes/image-name.ts";
import { refusePull } from "./refuse-pull.ts";

/** The image, or why the container waits, with the events on the way. */
export type ImageResult = { readonly events: readonly ImageEvent[] } & (
  | { readonly image: Image }
  | { readonly waiting: { readonly reason: string; readonly message: string }; readonly retryMs: number | undefined }
);

export type ImageEvent = { readonly type: "Normal" | "Warning"; readonly reason: string; readonly message: string };

/** What is remembered of an image that could not be pulled. */
export type PullHistory = { readonly backOff: BackOff; failedAt: number | undefined; message: string };

/** Looks for a container's image as its pull policy asks. Source: k8s.io/kubernetes, pkg/kubelet/images/image_manager.go. */
export function ensureImage(runtime: ContainerRuntime, { image: name, imagePullPolicy = "IfNotPresent" }: Container, history: PullHistory): ImageResult {
  const parsed = parseImageName(name);
  const quoted = JSON.stringify(name);
  if (typeof parsed === "string") {
    const message = `Failed to apply default image tag ${quoted}: couldn't parse image name ${quoted}: ${parsed}`;
    return refuse("InvalidImageName", message, [{ type: "Warning", reason: "InspectFailed", message }]);
  }
  const image = runtime.findImage(name);
  if (image === undefined && imagePullPolicy === "Never") {
    const message = `Container image ${quoted} is not present with pull policy of Never`;
    return refuse("ErrImageNeverPull", message, [{ type: "Warning", reason: "ErrImageNeverPull", message }]);
  }
  const pulling: ImageEvent = { type: "Normal", reason: "Pulling", message: `Pulling image ${quoted}` };
  if (image !== undefined) {
    const message =
      imagePullPolicy === "Always"
        ? `Successfully pulled image ${quoted} in 12ms (12ms including waiting). Image size: ${sizeOf(name)} bytes.`
        : `Container image ${quoted} already present on machine and can be accessed by the pod`;
    return { image, events: [...(imagePullPolicy === "Always" ? [pulling] : []), { type: "Normal", reason: "Pulled", message }] };
  }
  const missing = runtime.explainMissing?.(name);
  const refusal = missing === undefined ? refusePull(name, parsed) : `failed to pull and unpack image ${JSON.stringify(parsed.full)}: ${missing}`;
  return pullInVain(name, { refusal, pulling, history });
}

type Vain = { readonly refusal: string; readonly pulling: ImageEvent; readonly history: PullHistory };

/** The first wait begins with the failure itself, unlike a crashed container's. */
function pullInVain(name: string, { refusal, pulling, history }: Vain): ImageResult {
  const remaining = history.failedAt === undefined ? 0 : history.backOff.remaining(history.failedAt);
  if (remaining > 0) {
    const message = `Back-off pulling image ${JSON.stringify(name)}`;
    return {
      ...refuse("ImagePullBackOff", `${message}: ErrImagePull: ${history.message}`, [{ type: "Normal", reason: "BackOff", message }]),
      retryMs: remaining,
    };
  }
  const now = performance.now();
  history.backOff.next(now);
  history.failedAt = now;
  history.message = refusal;
  const failed: ImageEvent = { type: "Warning", reason: "Failed", message: `Failed to pull image ${JSON.stringify(name)}: ${refusal}` };
  return refuse("ErrImagePull", refusal, [pulling, failed]);
}

const refuse = (reason: string, message: string, events: readonly ImageEvent[]): Extract<ImageResult, { waiting: unknown }> => ({
  waiting: { reason, message },
  retryMs: undefined,
  events: [...events, { type: "Warning", reason: "Failed", message: `Error: ${reason}` }],
});

/** What statuses give as imageID: the same for the same name. */
export const imageIdOf = (name: string): string => `sha256:${createHash("sha256").update(name).digest("hex")}`;

const sizeOf = (name: string): number => 4_000_000 + (Number.parseInt(createHash("sha256").update(name).digest("hex").slice(0, 6), 16) % 100_000_000);
