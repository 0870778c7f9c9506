import { finished, pipeline } from "node:stream/promises";
import type { Readable } from "node:stream";
import type { WebSocket } from "ws";
import type { ExecOptions, RunningCommand } from "../../../nodes/node-agent.ts";
import { isDeclared } from "../../../objects/object-key.ts";
import type { ConnectTarget, Upgrade } from "../../http/exchange.ts";
import { badRequest, StatusError } from "../../status-error.ts";
import { buildMessage, createChannel, createInput, parseMessage } from "../streams/channels.ts";
import { chooseProtocol, closeWebSocket, openWebSocket } from "../streams/open-web-socket.ts";
import { PlainRefusal } from "../streams/refuse-upgrade.ts";
import { isRunning } from "./container-status.ts";
import type { ExecOutcome, ExecProtocol } from "./exec-status.ts";
import { buildExecStatus } from "./exec-status.ts";
import { locateContainer } from "./locate-pod.ts";
import { reachNode } from "./reach-node.ts";
import { messageOf } from "../../../to-error.ts";
import { parseFlag } from "../../http/query-values.ts";

/** Runs a command in a container over a WebSocket: channel 0 is its input, 1 and 2 its output, 3 how it ended, 4 the terminal's size, which nobody needs here. */
export async function answerExec(target: ConnectTarget, upgrade: Upgrade): Promise<void> {
  const { query, request } = upgrade;
  const { pod, container, agent } = locateContainer(target, upgrade);
  if (isDeclared(pod)) throw badRequest(`pod ${target.name} is made up, with annotation embedded.asdic.dev/state: declared; nothing runs in it`);
  const wants = { stdout: parseFlag(query.get("stdout")), stderr: parseFlag(query.get("stderr")) };
  const options = { container, command: query.getAll("command"), stdin: parseFlag(query.get("stdin")), tty: parseFlag(query.get("tty")) };
  if (!options.stdin && !wants.stdout && !wants.stderr) throw new PlainRefusal(400, "you must specify at least 1 of stdin, stdout, stderr");
  if (!isRunning(pod, container)) throw new PlainRefusal(500, `container not found (${JSON.stringify(container)})`);
  if (request.headers.upgrade?.toLowerCase() !== "websocket") {
    // kubectl asks so once it was refused the first way, and shows this second answer: a lost node must be in it.
    await reachNode(agent.fetch("/healthz"));
    throw badRequest("the embedded cluster runs commands over WebSocket only");
  }
  const protocol = chooseProtocol(request, execProtocols);
  const { signal } = upgrade;
  const started = await startCommand(agent.exec(pod, { ...options, signal }));
  const socket = await openWebSocket(upgrade, protocol);
  const session = { socket, protocol, options, wants, signal };
  // The real one's first message, which tells the client that the streams stand.
  socket.send(buildMessage(1, ""));
  const outcome = "failure" in started ? started : await runCommand(started.command, session);
  if (signal.aborted) return;
  socket.send(buildMessage(3, JSON.stringify(buildExecStatus(protocol, options.command, outcome))));
  await closeWebSocket(socket);
}

const execProtocols: readonly ExecProtocol[] = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

type Started = { readonly command: RunningCommand } | { readonly failure: string };

/** A node that does not answer is told before the handshake, a command that can't be started after it. */
async function startCommand(starting: Promise<RunningCommand>): Promise<Started> {
  try {
    const command = await reachNode(starting);
    // It may fail before anybody waits for it.
    command.exitCode.catch(() => undefined);
    return { command };
  } catch (error) {
    if (error instanceof StatusError) throw error;
    return { failure: messageOf(error) };
  }
}

type Session = {
  readonly socket: WebSocket;
  readonly protocol: ExecProtocol;
  readonly options: Pick<ExecOptions, "stdin" | "tty">;
  readonly wants: { readonly stdout: boolean; readonly stderr: boolean };
  readonly signal: AbortSignal;
};

async function runCommand(command: RunningCommand, { socket, options, wants, protocol, signal }: Session): Promise<ExecOutcome> {
  const { stdin, stdout, stderr } = command;
  // A command may end without reading its input.
  stdin.on("error", () => undefined);
  const input = createInput(socket);
  socket.on("message", (data) => {
    const message = parseMessage(data);
    if (message === undefined) return;
    if (message.channel === 0 && options.stdin) input(stdin, message.content);
    else if (message.channel === 255 && message.content[0] === 0 && protocol === "v5.channel.k8s.io") stdin.end();
  });
  if (!options.stdin) stdin.end();
  const pass = (output: Readable, channel: number, wanted: boolean): Promise<void> =>
    wanted ? pipeline(output, createChannel(socket, channel), { signal }) : finished(output.resume(), { signal });
  // Of a terminal there is one output.
  const outputs = [pass(stdout, 1, wants.stdout), options.tty ? pass(stderr, 1, wants.stdout) : pass(stderr, 2, wants.stderr)];
  // A process that the command has left behind may keep the outputs open for ever.
  const gone = new Promise<never>((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("the client has gone")), { once: true }));
  const [ended] = await Promise.allSettled([Promise.race([command.exitCode, gone]), ...outputs]);
  return ended.status === "fulfilled" ? { exitCode: ended.value } : { failure: messageOf(ended.reason) };
}
