import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { Server } from "node:https";
import { json as readJson } from "node:stream/consumers";
import type { RunStatus, TarballStatus } from "../../core/contract/run-status.ts";
import { progressUpdateSchema } from "../../core/contract/run-status.ts";
import { runTokenHeader } from "../../core/contract/names.ts";
import { offsetHeader, partDigestHeader, pollRequestSchema } from "../../core/contract/worker-wire.ts";
import type { Contacts } from "../reach/contacts.ts";
import { buildRedactionAnswer } from "../redaction/build-answer.ts";
import type { RunRedaction } from "../redaction/run-redaction.ts";
import type { ExpectedResult } from "../state/expected-results.ts";
import type { StatusPage } from "../status/page-results.ts";
import type { Admit } from "./admission.ts";
import { createAdmission } from "./admission.ts";
import type { PollDeps } from "./answer-poll.ts";
import { answerPoll } from "./answer-poll.ts";
import type { Certificate } from "./certificate.ts";
import { createDeliveredPause } from "./delivered-pause.ts";
import { createHeldPolls } from "./held-polls.ts";
import type { IdentifyPod } from "./identity.ts";
import { mergeProgress } from "./merge-progress.ts";
import { parseRoute } from "./parse-route.ts";
import type { Route } from "./parse-route.ts";
import { receiveResult } from "./receive-result.ts";
import type { Receiver } from "./receive-result.ts";
import { Refusal } from "./refusal.ts";
import type { ServeInputs } from "./serve-inputs.ts";
import { serveTarball } from "./serve-tarball.ts";
import { wayOf } from "./way-of.ts";
import { errorText } from "../error-text.ts";

export type ServerDeps = Receiver & {
  readonly runToken: string;
  readonly redaction: RunRedaction;
  readonly identifyPod: IdentifyPod;
  /** The result for which a pod may speak; waits a moment for a pod that has only just been made. */
  readonly resultOf: (podUid: string) => Promise<ExpectedResult | undefined>;
  /** Undefined where the page begins behind a result that isn't there. */
  readonly readStatus: (page: StatusPage) => RunStatus | undefined;
  /** Whether the run is over, so that no worker is needed any more. */
  readonly isSealed: () => boolean;
  readonly serveInputs: ServeInputs;
  readonly contacts: Contacts;
  readonly readTarball: () => { readonly path: string; readonly status: TarballStatus } | undefined;
  readonly signal: AbortSignal;
};

/** How long a peer may take, in milliseconds: until TLS is set up, for a request's header, and at most between two pieces of anything. */
export type Patience = { readonly handshake: number; readonly header: number; readonly silence: number };

/** Polls are held for less than the silence. */
export const usualPatience: Patience = { handshake: 20_000, header: 30_000, silence: 60_000 };

/** The aggregator's only door: workers bring results and progress, people fetch status and tarball. Not yet listening. */
export function createIngestServer(certificate: Certificate, deps: ServerDeps, patience: Patience = usualPatience): Server {
  const admit = createAdmission();
  const deliveredPause = createDeliveredPause(deps.results);
  const heldPolls = createHeldPolls();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response, { ...deps, admit, deliveredPause, heldPolls }).catch((error: unknown) => answerError({ request, response, error, deps }));
  };
  const server = createServer(
    {
      key: certificate.key,
      cert: certificate.certificate,
      minVersion: "TLSv1.2",
      handshakeTimeout: patience.handshake,
      headersTimeout: patience.header,
      connectionsCheckingInterval: Math.min(5000, patience.header),
      // A large result over a slow line takes as long as it takes.
      requestTimeout: 0,
      keepAliveTimeout: 75_000,
    },
    handle,
  );
  server.on("checkContinue", handle);
  // A peer that stalls costs its own connection and nothing else.
  server.setTimeout(patience.silence);
  server.on("tlsClientError", () => undefined);
  return server;
}

type Stays = Omit<PollDeps, "results"> & { readonly admit: Admit };

async function answer(request: IncomingMessage, response: ServerResponse, deps: ServerDeps & Stays): Promise<void> {
  const route = parseRoute(request.method ?? "", request.url ?? "");
  if (route.kind === "health") return sendJson(response, { status: "ok" });
  if (route.kind === "status" || route.kind === "tarball") return answerPerson(request, response, { route, deps });
  const podUid = await authenticate(request, deps);
  if (route.kind === "poll" && deps.isSealed()) return sendJson(response, { instruction: "leave", time: new Date().toISOString() });
  const result = await deps.resultOf(podUid);
  if (!result) throw new Refusal(403, "No result is expected from this pod.");
  response.once("close", deps.contacts.begin(result, wayOf(request, deps.podIps)));
  if (route.kind === "poll") return await receivePoll(request, response, { result, deps });
  if (route.kind === "redaction") return sendJson(response, buildRedactionAnswer(deps.redaction));
  if (route.kind === "inputs") return await deps.serveInputs(response, { by: result, plugin: route.plugin });
  if (route.kind !== "result" && route.kind !== "part" && route.kind !== "progress") throw new Refusal(404, "There is nothing at this path.");
  if (route.plugin !== result.plugin || route.node !== result.node) throw new Refusal(403, "This worker may not speak for that plugin and node.");
  if (route.kind === "result")
    await deps.admit(
      async () => {
        const refusal = deps.gate.refusal();
        if (refusal?.status === 503) throw refusal;
        const begin = (): void => void (request.headers.expect !== undefined && response.writeContinue());
        await receiveResult(request, { result, begin }, deps);
      },
      () => (request.complete ? undefined : request.socket.bytesRead),
    );
  else if (route.kind === "part") return await answerPart(response, result, deps);
  else await receiveProgress(request, result, deps);
  sendJson(response, { status: "ok" });
}

async function answerPerson(
  request: IncomingMessage,
  response: ServerResponse,
  { route, deps }: { readonly route: Route; readonly deps: ServerDeps },
): Promise<void> {
  const token = Buffer.from(String(request.headers[runTokenHeader] ?? ""));
  const wanted = Buffer.from(deps.runToken);
  if (token.length !== wanted.length || !timingSafeEqual(token, wanted))
    throw new Refusal(401, "The run token is missing or wrong; it is in Secret asdic-token.");
  if (route.kind === "status") {
    const status = deps.readStatus(route.page);
    if (!status) throw new Refusal(404, "There is no such page; another aggregator may have taken over. Begin again without `after`.");
    return sendJson(response, status);
  }
  const tarball = deps.readTarball();
  if (!tarball) throw new Refusal(404, "The tarball is not there yet; the run goes on.");
  await serveTarball(request, response, tarball);
}

/** The uid of the pod that a worker's token speaks for. */
async function authenticate(request: IncomingMessage, deps: ServerDeps): Promise<string> {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const podUid = token === undefined ? undefined : await deps.identifyPod(token);
  if (podUid === undefined) throw new Refusal(401, "The token is missing, expired, or not one of this run's workers.");
  return podUid;
}

/** Says how much of a result has come by an upload that broke off. */
async function answerPart(response: ServerResponse, result: ExpectedResult, { spool: { partials } }: ServerDeps): Promise<void> {
  const { size, hash } = await partials.take(result);
  // Without a length the sender would take the end of the connection for the end of the answer.
  response.writeHead(200, { "content-length": 0, [offsetHeader]: size, [partDigestHeader]: hash.digest("hex") }).end();
}

async function receivePoll(
  request: IncomingMessage,
  response: ServerResponse,
  { result, deps }: { readonly result: ExpectedResult; readonly deps: ServerDeps & Stays },
): Promise<void> {
  const poll = pollRequestSchema.safeParse(await readSmallJson(request));
  if (!poll.success) throw new Refusal(400, "The poll is not understood.");
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  const answered = await answerPoll(deps, { result, request: poll.data, signal: AbortSignal.any([deps.signal, closed.signal]) });
  // No connection is kept for who pauses.
  if (answered.pauseSeconds !== undefined) response.setHeader("connection", "close");
  sendJson(response, answered);
}

async function receiveProgress(request: IncomingMessage, result: ExpectedResult, deps: ServerDeps): Promise<void> {
  const update = progressUpdateSchema.safeParse(await readSmallJson(request));
  if (!update.success) throw new Refusal(400, "The progress is not understood.");
  const origin = { name: result.plugin, node: result.node, timestamp: new Date().toISOString() };
  deps.results.update(result, { progress: mergeProgress(result.progress, deps.redaction.guard.progress(update.data), origin) });
}

async function readSmallJson(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers["content-length"] ?? 0) > 65_536 || request.headers["transfer-encoding"] !== undefined)
    throw new Refusal(413, "The body is larger than 64 KiB or of unknown length.");
  return readJson(request).catch(() => {
    throw new Refusal(400, "The body is not JSON.");
  });
}

function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  const body = JSON.stringify(value);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body);
}

/** Says what was wrong and lets the sender read it, by taking in the rest of its body for a moment before the connection closes. */
function answerError({
  request,
  response,
  error,
  deps,
}: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly error: unknown;
  readonly deps: ServerDeps;
}): void {
  const status = error instanceof Refusal ? error.status : 500;
  if (!(error instanceof Refusal)) deps.log.warn("request failed", { method: request.method, error: errorText(error) });
  // A request that was read to its end counts as destroyed, and its sender is waiting all the same.
  if (response.headersSent || (request.destroyed && !request.complete)) return void response.destroy();
  if (!request.complete) response.setHeader("connection", "close");
  sendJson(response, { error: error instanceof Refusal ? error.message : "The aggregator could not take this; try again." }, status);
  request.resume();
  setTimeout(() => request.complete || request.destroy(), 5000).unref();
}
