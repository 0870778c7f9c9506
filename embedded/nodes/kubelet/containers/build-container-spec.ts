import type { ContainerSpec, Image, Mount } from "../../container.ts";
import { buildEnvironment, ContainerConfigError } from "../environment/build-environment.ts";
import { expand } from "../environment/expand.ts";
import type { PodHandle } from "../pods/pod-handle.ts";
import type { Container, Pod } from "../pods/pod.ts";
import { formatPod } from "../pods/pod.ts";
import { planMounts } from "../volumes/plan-mounts.ts";
import { readFieldSources } from "./field-sources.ts";

/** Everything about a container that is to be started, nothing left to look up. Rejects with ContainerConfigError, in the kubelet's words. */
export async function buildContainerSpec(handle: PodHandle, { container, image, message }: Wanted): Promise<ContainerSpec> {
  const pod = handle.pod();
  const user = chooseUser(pod, container, image);
  const sources = readFieldSources(handle.context, pod, handle.record.address);
  const environment = buildEnvironment(handle.context.api, container, sources);
  const mounts = await planMounts(container, handle.volumes, environment);
  const hostname = readHostname(pod, handle.context.node.name);
  const workingDir = container.workingDir ?? image.workingDir;
  const { fsGroup } = pod.spec.securityContext ?? {};
  return {
    podUid: pod.metadata.uid,
    name: container.name,
    image: image.name,
    command: buildCommand(container, image, environment),
    env: { ...image.env, HOSTNAME: hostname, ...environment },
    ...(workingDir === "" ? {} : { workingDir }),
    mounts: message === undefined ? mounts : [...mounts, message],
    ...user,
    ...(fsGroup === undefined ? {} : { fsGroup }),
    hostname,
    nodeName: handle.context.node.name,
  };
}

/** `message` is the file that the container may write its last words to. */
export type Wanted = { readonly container: Container; readonly image: Image; readonly message: Mount | undefined };

/** The container's own user, the pod's, or the image's. Throws for root where the pod forbids it. */
function chooseUser(pod: Pod, container: Container, image: Image): { readonly runAsUser: number; readonly runAsGroup: number } {
  const context = { ...pod.spec.securityContext, ...container.securityContext };
  const refuse = (why: string): ContainerConfigError =>
    new ContainerConfigError(`${why} (pod: ${JSON.stringify(formatPod(pod))}, container: ${container.name})`);
  if (context.runAsNonRoot === true && context.runAsUser === 0) throw refuse("container's runAsUser breaks non-root policy");
  if (context.runAsNonRoot === true && context.runAsUser === undefined && image.user === 0)
    throw refuse("container has runAsNonRoot and image will run as root");
  const runAsUser = context.runAsUser ?? image.user;
  // An image's own user has a group of the same number; others are in no image's list of users.
  return { runAsUser, runAsGroup: context.runAsGroup ?? (runAsUser === image.user ? image.user : 0) };
}

/** `command` stands for the image's entry point, and without arguments also for its command. */
function buildCommand({ command = [], args = [] }: Container, image: Image, env: { readonly [name: string]: string }): readonly string[] {
  const expandAll = (words: readonly string[]): readonly string[] => words.map((word) => expand(word, env));
  const program = command.length > 0 ? expandAll(command) : image.entrypoint;
  const rest = args.length > 0 ? expandAll(args) : command.length > 0 ? [] : image.command;
  const whole = [...program, ...rest];
  if (whole.length === 0) throw new ContainerConfigError("no command specified");
  return whole;
}

/** At most 63 letters, as Linux wants it. */
const readHostname = ({ metadata, spec }: Pod, nodeName: string): string =>
  (spec.hostNetwork === true ? nodeName : (spec.hostname ?? metadata.name)).slice(0, 63).replace(/[-.]+$/, "");
