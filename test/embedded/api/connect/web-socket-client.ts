import { request } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { WebSocket } from "ws";

/** A client's side of a channel socket: what came on each channel, and how it ended. */
export type Client = {
  readonly socket: WebSocket;
  readonly messages: Buffer[];
  /** Resolves when the server has closed: what came on each channel, joined. */
  readonly ended: Promise<{ readonly channels: Readonly<Record<number, string>>; readonly code: number }>;
  say(channel: number, content: string | Buffer): void;
  /** Resolves when so much has come on a channel. */
  heard(channel: number, words: string): Promise<void>;
};

/** Opens a WebSocket with one of these protocols; rejects with status and body when the server refuses. */
export async function openClient(url: string, protocols: readonly string[]): Promise<Client> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), [...protocols]);
  const messages: Buffer[] = [];
  socket.on("message", (data: Buffer) => messages.push(data));
  const joined = (channel: number): string =>
    Buffer.concat(messages.filter(([first]) => first === channel).map((message) => message.subarray(1))).toString("latin1");
  const ended = new Promise<{ channels: Record<number, string>; code: number }>((resolve) => {
    socket.once("close", (code: number) => {
      const numbers = [...new Set(messages.map(([first]) => first ?? 0))];
      resolve({ channels: Object.fromEntries(numbers.map((channel) => [channel, joined(channel)])), code });
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve).on("error", reject);
    socket.once("unexpected-response", (_request, answer) => {
      text(answer).then((body) => reject(new Refused(answer.statusCode ?? 0, answer.headers["content-type"] ?? "", body)), reject);
    });
  });
  return {
    socket,
    messages,
    ended,
    say: (channel, content) => socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(content)])),
    async heard(channel, words) {
      // The end alone is looked at, as there may be much before it.
      const tail = (): string => Buffer.concat(messages.slice(-20).flatMap((one) => (one[0] === channel ? [one.subarray(1)] : []))).toString("latin1");
      while (!tail().includes(words)) await once(socket, "message");
    },
  };
}

/** What a server answered instead of switching protocols. */
export class Refused extends Error {
  override name = "Refused";
  readonly code: number;
  readonly contentType: string;
  readonly body: string;

  constructor(code: number, contentType: string, body: string) {
    super(`${code}: ${body}`);
    this.code = code;
    this.contentType = contentType;
    this.body = body;
  }
}

/** The refusal that a server must give; throws when it opens the socket. */
export async function openRefused(url: string, protocols: readonly string[]): Promise<Refused> {
  const outcome = await openClient(url, protocols).catch((error: unknown) => error);
  if (outcome instanceof Refused) return outcome;
  throw new Error("the server did not refuse", { cause: outcome });
}

/** A request with any headers, for what no client of a package would send; resolves to status, headers and body. */
export async function ask(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly headers: object; readonly body: string }> {
  const asking = request(url, { headers }).end();
  return new Promise((resolve, reject) => {
    asking.on("error", reject);
    asking.once("response", (answer) => {
      text(answer).then((body) => resolve({ code: answer.statusCode ?? 0, headers: answer.headers, body }), reject);
    });
    asking.once("upgrade", (answer, socket) => {
      socket.destroy();
      resolve({ code: 101, headers: answer.headers, body: "" });
    });
  });
}
