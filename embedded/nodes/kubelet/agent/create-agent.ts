import { randomBytes } from "node:crypto";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { badRequest, StatusError } from "../../../api/status-error.ts";
import { renderExecError } from "../containers/start-error.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import { readLog } from "../logs/read-log.ts";
import type { NodeAgent, RunningCommand } from "../../node-agent.ts";
import { NodeUnreachable } from "../../node-agent.ts";
import { isDeclared } from "../../../objects/object-key.ts";
import type { PodHandle } from "../pods/pod-handle.ts";
import type { ContainerRecord } from "../pods/pod-record.ts";
import { currentRun, isRunning } from "../pods/pod-record.ts";
import { wait } from "../wait.ts";
import { answerPath } from "./answer-path.ts";
import { readDeclaredLog } from "./declared-log.ts";

export type AgentOptions = {
  readonly context: KubeletContext;
  /** The pods that this node works on. */
  readonly handles: () => readonly PodHandle[];
  readonly startTime: Date;
  /** Aborts when the kubelet ends. */
  readonly signal: AbortSignal;
};

/** What the API server can ask of this node. */
export function createAgent({ context, handles, startTime, signal }: AgentOptions): NodeAgent {
  const reach = async (): Promise<void> => {
    if (context.power() === "on" && !signal.aborted) return;
    // A frozen machine's network still answers, but nobody behind it.
    const isFrozen = context.power() === "frozen";
    await wait(context.timing.unreachable, signal);
    throw new NodeUnreachable(isFrozen ? "net/http: TLS handshake timeout" : `dial tcp ${context.node.address}:10250: connect: no route to host`);
  };
  const findPod = ({ metadata }: KubernetesObject): PodHandle => {
    const found = handles().find(({ record }) => record.uid === metadata.uid);
    if (found === undefined) throw badRequest(`pod ${JSON.stringify(`${metadata.name}_${metadata.namespace ?? ""}`)} not found`);
    return found;
  };
  return {
    async readLog(pod, options) {
      await reach();
      if (isDeclared(pod)) return readDeclaredLog(pod, options);
      const handle = findPod(pod);
      const record = findContainer(handle, options.container);
      if (record === undefined) throw badRequest(`container ${options.container} is not valid for pod ${pod.metadata.name}`);
      const log = readLog(pod, record, { options: { ...options, signal: AbortSignal.any([options.signal, handle.signal]) }, clock: context.clock });
      return log;
    },
    async exec(pod, { container, command, signal: caller }) {
      await reach();
      if (isDeclared(pod)) throw badRequest(`pod ${pod.metadata.name} is made up: nothing runs in it`);
      const handle = findPod(pod);
      const record = findContainer(handle, container);
      const run = record && isRunning(record) ? currentRun(record) : undefined;
      if (run?.process === undefined)
        throw new StatusError({ code: 500, reason: "InternalError", message: `container not found (${JSON.stringify(container)})` });
      try {
        const running = await run.process.exec({ command, signal: AbortSignal.any([caller, handle.signal]) });
        const exitCode = readExit(context, handle, running);
        // Not everybody waits for it.
        exitCode.catch(() => undefined);
        return { ...running, exitCode };
      } catch (error) {
        throw new Error(renderExecError(error, command[0] ?? "", randomBytes(32).toString("hex")), { cause: error });
      }
    },
    async dial(pod, port) {
      await reach();
      const { sandbox } = findPod(pod);
      if (sandbox === undefined) throw Object.assign(new Error("the pod has no network"), { code: "ECONNREFUSED" });
      return sandbox.dial(port);
    },
    async fetch(path) {
      await reach();
      return answerPath(path, { context, handles: handles(), startTime });
    },
  };
}

const findContainer = ({ record }: PodHandle, name: string): ContainerRecord | undefined => record.containers.find(({ container }) => container.name === name);

/** A command on a node that lost its power has no exit code. */
async function readExit({ node }: KubeletContext, { signal }: PodHandle, { exitCode }: RunningCommand): Promise<number> {
  const code = await exitCode;
  if (signal.aborted) throw new NodeUnreachable(`dial tcp ${node.address}:10250: connect: no route to host`);
  return code;
}
