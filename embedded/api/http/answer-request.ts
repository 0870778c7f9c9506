import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import type { NodeAgents } from "../../nodes/node-agent.ts";
import type { PodNetwork } from "../../nodes/pod-network.ts";
import type { Clock } from "../../clock.ts";
import { answerUpgrade } from "../connect/answer-upgrade.ts";
import { impersonate } from "../identity/impersonate.ts";
import type { Identity } from "../identity/identity.ts";
import { isStrangersCertificate, parsePeerCertificate } from "../identity/parse-peer-certificate.ts";
import type { Api, User } from "../registry/api.ts";
import type { Authorizer } from "../rights/authorizer.ts";
import { badRequest, noResource, StatusError } from "../status-error.ts";
import { answerPath, answerUnknown } from "./answer-path.ts";
import { answerResource, checkRoute, parseConnectTarget } from "./answer-resource.ts";
import type { ApiRequest } from "./api-request.ts";
import { attributesOf, authorize } from "./authorize.ts";
import { applyFaults } from "./apply-faults.ts";
import type { Exchange } from "./exchange.ts";
import type { ActiveFaults } from "./faults.ts";
import { negotiate } from "./negotiate.ts";
import { parseRequestInfo } from "./parse-request-info.ts";
import type { RequestInfo } from "./parse-request-info.ts";
import { sendError } from "./send.ts";

/** What all requests are answered with. */
export type Server = {
  readonly api: Api;
  readonly identity: Identity;
  readonly authorizer: Authorizer;
  readonly agents: NodeAgents;
  readonly network: PodNetwork;
  readonly clock: Clock;
  readonly faults: ActiveFaults;
  readonly signal: AbortSignal;
  /** Called with each request once it is answered, for tests. */
  readonly onRequest?: ((audit: Audit) => void) | undefined;
};

export type Audit = { readonly verb: string; readonly path: string; readonly user: string; readonly code: number; readonly milliseconds: number };

/** A connection that wants to be upgraded, beside the request that says so. */
export type UpgradeSocket = { readonly socket: Duplex; readonly head: Buffer };

type Incoming = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly upgrade?: UpgradeSocket };

/** Answers one request whatever it is; never rejects. */
export async function answerRequest(server: Server, { request, response, upgrade }: Incoming): Promise<void> {
  const gone = new AbortController();
  // After an upgrade, it is the connection that ends, not the answer.
  const channel = upgrade?.socket ?? response;
  channel.once("close", () => gone.abort());
  // Whoever breaks off must not end the process.
  response.on("error", () => response.destroy());
  const signal = AbortSignal.any([server.signal, gone.signal]);
  const audit = startAudit(server, { request, response, channel });
  try {
    const caller = await admitCaller(server, request);
    audit.note(caller.user, caller.info);
    const exchange: Exchange = { ...server, ...caller, request, response, signal };
    if (applyFaults(server.faults, { exchange, info: caller.info }) === "answered") return;
    authorize({ ...server, user: caller.user }, caller.info);
    await dispatch(server, exchange, { info: caller.info, upgrade });
  } catch (error) {
    await sendError(response, formatOfErrors(request), error).catch(() => response.destroy());
  }
}

type Caller = { readonly user: User; readonly url: URL; readonly query: URLSearchParams; readonly info: RequestInfo };

async function admitCaller({ identity, authorizer, api }: Server, request: IncomingMessage): Promise<Caller> {
  const url = parseUrl(request.url ?? "/");
  const info = parseRequestInfo(request.method ?? "GET", rawPathOf(request.url ?? "/"), url.searchParams);
  const { socket } = request;
  const peerCertificate = socket instanceof TLSSocket ? parsePeerCertificate(socket) : undefined;
  if (request.headers.authorization === undefined && socket instanceof TLSSocket && isStrangersCertificate(socket)) throw unauthorized();
  const known = await identity.authenticate({ authorization: request.headers.authorization, peerCertificate });
  if (!known) throw unauthorized();
  const type = info.kind === "resource" ? api.types.find(info.group, info.version, info.resource) : undefined;
  const user = impersonate({ user: known, headers: request.headersDistinct, authorizer, attributes: attributesOf(info), type });
  return { user, url, query: url.searchParams, info };
}

async function dispatch(
  server: Server,
  exchange: Exchange,
  { info, upgrade }: { readonly info: RequestInfo; readonly upgrade: UpgradeSocket | undefined },
): Promise<void> {
  if (info.kind === "path") return answerPath({ ...exchange, identity: server.identity, faults: server.faults }, info.path);
  const { api, request } = exchange;
  if (server.faults.broken.has(info.group)) return answerUnknown(exchange, { status: 503, text: "service unavailable\n" });
  const type = api.types.find(info.group, info.version, info.resource);
  if (!type) {
    if (info.group === "" || api.types.all().some(({ group }) => group === info.group)) throw noResource();
    return answerUnknown(exchange, { status: 404, text: "404 page not found\n" });
  }
  checkRoute(type, info, request.method ?? "GET");
  const target = parseConnectTarget({ info, type });
  if (target && upgrade) {
    // Whoever may read along with a command may start it: since 1.35 the API server asks for both.
    if (info.resource === "pods" && info.verb === "get" && target.subresource !== "proxy")
      authorize({ ...server, user: exchange.user }, { ...info, verb: "create" });
    exchange.response.detachSocket(request.socket);
    // For the audit: from here on, the connection has a language of its own.
    exchange.response.statusCode = 101;
    return answerUpgrade(target, { ...exchange, ...upgrade });
  }
  const format = negotiate(request.headers.accept, { pretty: exchange.query.get("pretty"), userAgent: request.headers["user-agent"] ?? "" });
  const key = { type, namespace: type.namespaced ? info.namespace : "", name: info.name };
  const apiRequest: ApiRequest = {
    ...exchange,
    info,
    type,
    key,
    format,
    identity: server.identity,
    authorizer: server.authorizer,
    clock: server.clock,
    faults: server.faults,
  };
  return answerResource(apiRequest);
}

/** Refusals come in JSON whatever was asked for. */
function formatOfErrors(request: IncomingMessage): { readonly notation: "json"; readonly pretty: boolean } {
  const pretty = /[?&]pretty(?:=true|=1|&|$)/.test(request.url ?? "") || /^(?:curl|Wget|Mozilla\/5\.0)/.test(request.headers["user-agent"] ?? "");
  return { notation: "json", pretty };
}

const rawPathOf = (url: string): string => url.split(/[?#]/)[0] ?? "/";

function parseUrl(url: string): URL {
  const parsed = url.startsWith("/") ? URL.parse(`https://kubernetes${url}`) : null;
  if (!parsed) throw badRequest(`invalid request URL ${JSON.stringify(url)}`);
  return parsed;
}

type Audited = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly channel: Duplex | ServerResponse };

function startAudit(server: Server, { request, response, channel }: Audited): { note(user: User, info: RequestInfo): void } {
  const from = performance.now();
  let verb = (request.method ?? "").toLowerCase();
  let name = "";
  channel.once("close", () => {
    server.onRequest?.({ verb, path: request.url ?? "", user: name, code: response.statusCode, milliseconds: performance.now() - from });
  });
  return {
    note(user, info) {
      verb = info.verb;
      name = user.name;
    },
  };
}

const unauthorized = (): StatusError => new StatusError({ code: 401, reason: "Unauthorized", message: "Unauthorized" });
