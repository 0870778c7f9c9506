import type { ClientRequest, IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { parse } from "yaml";
import { field, list, text as textOf } from "../../../core/kubernetes/field.ts";

export type Call = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Whose; the administrator's certificate where there is none. */
  readonly token?: string | undefined;
};

export type Reply = { readonly code: number; readonly headers: IncomingMessage["headers"]; readonly text: string };

/** An API server to send requests to. */
export type Target = {
  send(call: Call): Promise<Reply>;
  /** The object there, as the administrator sees it; undefined when the answer is not 200. */
  read(path: string): Promise<unknown>;
  close(): void;
};

/** The API server that a kubeconfig's only cluster and only user name, with a client certificate. */
export function openTarget(kubeconfig: string): Target {
  const config: unknown = parse(kubeconfig);
  const [cluster, user] = [field(list(field(config, "clusters"))[0], "cluster"), field(list(field(config, "users"))[0], "user")];
  const pem = (of: unknown, name: string): Buffer => Buffer.from(textOf(field(of, name)), "base64");
  const ca = pem(cluster, "certificate-authority-data");
  const certificate = { ca, cert: pem(user, "client-certificate-data"), key: pem(user, "client-key-data") };
  const admin = new Agent({ ...certificate, keepAlive: true });
  const others = new Agent({ ca, keepAlive: true });
  const server = textOf(field(cluster, "server"));
  const send = async ({ method, path, headers = {}, body, token }: Call): Promise<Reply> => {
    const content =
      body === undefined ? undefined : Buffer.isBuffer(body) ? body : typeof body === "string" ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
    // What is broken off takes its connection with it.
    const isStream = headers["upgrade"] !== undefined || /[?&]follow=true/.test(path);
    const sent = request(`${server}${path}`, {
      method,
      agent: isStream ? new Agent(token === undefined ? certificate : { ca }) : token === undefined ? admin : others,
      headers: {
        ...(headers["upgrade"] === undefined && { accept: "application/json" }),
        ...headers,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(content && { "content-length": content.length }),
      },
    });
    sent.end(content);
    const response = await readResponse(sent);
    const code = response.statusCode ?? 0;
    if (!isStream || code >= 400) return { code, headers: response.headers, text: await text(response) };
    // Of what goes on for ever, the beginning is enough.
    sent.destroy();
    return { code, headers: response.headers, text: "" };
  };
  return {
    send,
    async read(path) {
      const { code, text: body } = await send({ method: "GET", path });
      return code === 200 ? JSON.parse(body) : undefined;
    },
    close() {
      admin.destroy();
      others.destroy();
    },
  };
}

function readResponse(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.on("error", reject);
    sent.once("response", resolve);
    sent.once("upgrade", (response: IncomingMessage, socket: Socket) => {
      socket.destroy();
      response.push(null);
      resolve(response);
    });
  });
}
