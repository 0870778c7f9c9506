import type { ClientRequest, IncomingMessage } from "node:http";
import { request } from "node:http";
import type { Duplex } from "node:stream";
import { connect } from "node:tls";
import type { HandlerResult, HandlerSurroundings } from "../containers/run-handler.ts";
import type { Handler } from "../pods/pod.ts";
import { choosePort } from "./choose-port.ts";
import { dialPod } from "./run-tcp.ts";
import { messageOf } from "../../../to-error.ts";

/** Asks a pod over HTTP or HTTPS; statuses from 200 to 399 are a success, certificates are not looked at. Source: k8s.io/kubernetes, pkg/probe/http. */
export async function runHttp(get: NonNullable<Handler["httpGet"]>, surroundings: HandlerSurroundings): Promise<HandlerResult> {
  const port = choosePort(surroundings.container, get.port);
  if (port === undefined) return { isSuccess: false, isUnknown: true, output: `couldn't find port: ${String(get.port)}` };
  const scheme = (get.scheme ?? "HTTP").toLowerCase();
  const path = get.path?.startsWith("/") === true ? get.path : `/${get.path ?? ""}`;
  const url = `${scheme}://${get.host ?? surroundings.handle.record.address ?? ""}:${port}${path}`;
  const begun = performance.now();
  const connection = await dialPod(surroundings, port, get.host);
  if (typeof connection === "string") return { isSuccess: false, output: `Get ${JSON.stringify(url)}: ${connection}` };
  const timeout = (surroundings.timeout ?? 1000) - (performance.now() - begun);
  try {
    const status = await ask({ url, scheme, path, headers: get.httpHeaders ?? [], connection, timeout, signal: surroundings.signal });
    return status >= 200 && status < 400 ? { isSuccess: true, output: "" } : { isSuccess: false, output: `HTTP probe failed with statuscode: ${status}` };
  } catch (error) {
    return { isSuccess: false, output: `Get ${JSON.stringify(url)}: ${messageOf(error)}` };
  } finally {
    connection.destroy();
  }
}

type Question = {
  readonly url: string;
  readonly scheme: string;
  readonly path: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly connection: Duplex;
  readonly timeout: number;
  readonly signal: AbortSignal;
};

const ask = ({ url, scheme, path, headers, connection, timeout, signal }: Question): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = scheme === "https" ? connect({ socket: connection, rejectUnauthorized: false }) : connection;
    const sent: ClientRequest = request({
      path,
      headers: { host: new URL(url).host, "user-agent": "kube-probe/1.36", accept: "*/*", connection: "close", ...collect(headers) },
      // An HTTP client asks nothing of its socket that a stream does not have.
      createConnection: () => socket,
    });
    const timer = setTimeout(() => sent.destroy(new Error("context deadline exceeded (Client.Timeout exceeded while awaiting headers)")), Math.max(timeout, 1));
    const abort = (): void => void sent.destroy(new Error("context canceled"));
    signal.addEventListener("abort", abort, { once: true });
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    };
    sent.once("response", (response: IncomingMessage) => {
      response.resume();
      finish();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", (error) => {
      finish();
      reject("code" in error && error.code === "ECONNRESET" ? new Error("EOF") : error);
    });
    socket.on("error", () => undefined);
    sent.end();
  });

const collect = (headers: Question["headers"]): { readonly [name: string]: string } =>
  Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]));
