import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { TestContext } from "node:test";
import { digestTrailer, pollRequestSchema, wirePaths } from "../../core/contract/worker-wire.ts";
import type { PollAnswer, PollRequest, RedactionAnswer } from "../../core/contract/worker-wire.ts";
import type { TestCertificates } from "../tls.ts";
import { makeCertificates } from "../tls.ts";

/** An upload as the server saw it. */
export type Upload = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer; readonly digest: string | undefined };
type Handler = (request: IncomingMessage, response: ServerResponse, attempt: number) => void | Promise<void>;

/** A small real HTTPS server that speaks the worker's wire. Its fields may be changed while it runs. */
type TestAggregator = {
  readonly url: string;
  readonly certificates: TestCertificates;
  readonly uploads: Upload[];
  readonly states: PollRequest["state"][];
  readonly tokens: Set<string>;
  instruction: PollAnswer["instruction"];
  /** To workers that have delivered. */
  deliveredInstruction: PollAnswer["instruction"];
  /** How a held poll is answered: after so many milliseconds, or as soon as the instruction is another one. */
  holdMilliseconds: number;
  /** To workers that ask what to hide. */
  redaction: RedactionAnswer;
  onPoll: Handler | undefined;
  onUpload: Handler | undefined;
  /** Instead of Node's own 100 Continue. */
  onConsent: Handler | undefined;
  onProgress: Handler;
};

export const certificates = await makeCertificates();

export async function startTestAggregator(
  context: TestContext,
  options: { readonly served?: TestCertificates; readonly port?: number } = {},
): Promise<TestAggregator> {
  const { served = certificates, port = 0 } = options;
  let pollAttempt = 0;
  let uploadAttempt = 0;
  const server = createServer({ cert: served.cert, key: served.key }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    aggregator.tokens.add(request.headers.authorization ?? "");
    const path = request.url ?? "";
    if (path === wirePaths.poll) return await (aggregator.onPoll ?? answerPoll)(request, response, pollAttempt++);
    if (path === wirePaths.redaction) return void response.end(JSON.stringify(aggregator.redaction));
    if (path.startsWith("/api/v1/progress/")) return await aggregator.onProgress(request, response, 0);
    // It keeps nothing of an upload that broke off.
    if (request.method === "HEAD") return void response.writeHead(404).end();
    if (aggregator.onUpload !== undefined) await aggregator.onUpload(request, response, uploadAttempt++);
    if (response.headersSent || response.destroyed) return;
    const body = await readAll(request);
    aggregator.uploads.push({ path, headers: request.headers, body, digest: request.trailers[digestTrailer] });
    response.end("{}");
  };
  const answerPoll: Handler = async (request, response) => {
    const { state, hold } = pollRequestSchema.parse(JSON.parse((await readAll(request)).toString()));
    aggregator.states.push(state);
    const read = (): PollAnswer["instruction"] => (state === "delivered" ? aggregator.deliveredInstruction : aggregator.instruction);
    const until = performance.now() + (hold ? aggregator.holdMilliseconds : 0);
    while (read() === "wait" && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
    response.end(JSON.stringify({ instruction: read(), time: new Date().toISOString() }));
  };
  server.on("checkContinue", (request, response) => {
    if (aggregator.onConsent === undefined) response.writeContinue();
    else void aggregator.onConsent(request, response, 0);
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const aggregator: TestAggregator = {
    url: `https://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    certificates: served,
    uploads: [],
    states: [],
    tokens: new Set(),
    instruction: "wait",
    deliveredInstruction: "leave",
    holdMilliseconds: 500,
    redaction: { privacy: "off", knownNames: [] },
    onPoll: undefined,
    onUpload: undefined,
    onConsent: undefined,
    onProgress: (_request, response) => void response.end("{}"),
  };
  return aggregator;
}

export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
