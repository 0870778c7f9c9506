import { createWebSocketStream } from "ws";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import { isDeclared } from "../../../objects/object-key.ts";
import type { ConnectTarget, Upgrade } from "../../http/exchange.ts";
import { badRequest } from "../../status-error.ts";
import { chooseProtocol, offeredProtocols, openWebSocket } from "../streams/open-web-socket.ts";
import { markWritten, PlainRefusal } from "../streams/refuse-upgrade.ts";
import { forwardChannels } from "./forward-channels.ts";
import { forwardStreams } from "./forward-streams.ts";
import { locatePod } from "./locate-pod.ts";
import { checkPorts, parsePorts } from "./port-query.ts";
import { reachNode } from "./reach-node.ts";
import { isTerminated } from "../../../objects/pod-state.ts";

/** Forwards ports of a pod: over the channels of a WebSocket (client-node), SPDY inside a WebSocket (kubectl), or SPDY alone (kubectl's fallback). */
export async function answerPortForward(target: ConnectTarget, upgrade: Upgrade): Promise<void> {
  const { request, socket, query, head } = upgrade;
  const ports = parsePorts(query);
  const { pod, agent } = locatePod(target, upgrade);
  if (isDeclared(pod)) throw badRequest(`pod ${target.name} is made up, with annotation embedded.asdic.dev/state: declared; nothing listens in it`);
  // Of a lost node a client hears before it speaks another protocol.
  await reachNode(agent.fetch("/healthz"));
  const place = { pod, agent, signal: upgrade.signal };
  if (request.headers.upgrade?.toLowerCase() !== "websocket") {
    const protocol = negotiateSpdy(upgrade);
    checkSandbox(pod);
    markWritten(socket);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n${versionHeader}: ${protocol}\r\n\r\n`);
    if (head.length > 0) socket.unshift(head);
    await forwardStreams(socket, place);
  } else if (offeredProtocols(request).includes(tunnelProtocol)) {
    checkSandbox(pod);
    const stream = createWebSocketStream(await openWebSocket(upgrade, tunnelProtocol));
    stream.on("error", () => undefined);
    await forwardStreams(stream, place);
  } else {
    checkPorts(ports);
    checkSandbox(pod);
    const protocol = chooseProtocol(request, ["v4.channel.k8s.io"]);
    await forwardChannels(await openWebSocket(upgrade, protocol), { ...place, ports });
  }
}

const streamProtocol = "portforward.k8s.io";
const tunnelProtocol = `SPDY/3.1+${streamProtocol}`;
const versionHeader = "X-Stream-Protocol-Version";

/** Source: k8s.io/apimachinery httpstream.Handshake. */
function negotiateSpdy({ request }: Upgrade): string {
  const offered = (request.headersDistinct[versionHeader.toLowerCase()] ?? []).flatMap((value) => value.split(",")).map((value) => value.trim());
  if (offered.length === 0 || request.headers.upgrade?.toLowerCase() !== "spdy/3.1") {
    const count = Object.keys(request.headersDistinct).length;
    throw new PlainRefusal(400, `unable to upgrade: header ${versionHeader} does not exist in request with ${count} headers\n`);
  }
  if (offered.includes(streamProtocol)) return streamProtocol;
  const why = `client supports [${offered.join(" ")}], server accepts [${streamProtocol}]`;
  throw new PlainRefusal(403, `unable to upgrade: unable to negotiate protocol: ${why}\n`, { "X-Accepted-Stream-Protocol-Versions": streamProtocol });
}

/** Throws the kubelet's words for a pod that has no network, not yet or no longer. */
function checkSandbox(pod: KubernetesObject): void {
  if (text(field(pod, "status", "podIP")) !== "" && !isTerminated(pod)) return;
  throw new PlainRefusal(500, `pod not found ("${pod.metadata.name}_${pod.metadata.namespace ?? ""}")`);
}
