import type { JsonObject } from "../../../core/contract/json.ts";
import type { Identity } from "../identity/identity.ts";
import { methodNotAllowed, noResource, StatusError } from "../status-error.ts";
import { answerHealth } from "./answer-health.ts";
import { buildAggregatedDiscovery, wantsAggregated } from "./discovery/aggregated-discovery.ts";
import { buildGroup, buildGroupList, buildResourceList, buildVersions, groupsOf } from "./discovery/discovery.ts";
import type { Exchange } from "./exchange.ts";
import type { ActiveFaults } from "./faults.ts";
import { negotiate, parseClauses } from "./negotiate.ts";
import { answerOpenapi } from "./openapi/answer-openapi.ts";
import { sendObject, sendText } from "./send.ts";
import { serverVersion } from "./server-version.ts";

export type PathExchange = Exchange & { readonly identity: Identity; readonly faults: ActiveFaults };

/** Answers what is beside the resources: discovery, version, health, keys. Rejects with StatusError 404, 405 or 406. */
export async function answerPath(exchange: PathExchange, path: string): Promise<void> {
  const { request, response, identity } = exchange;
  const route = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  const [root = "", ...rest] = route.slice(1).split("/");
  if (["healthz", "livez", "readyz"].includes(root)) return answerHealth(exchange, root, rest.join("/"));
  const body = route === "/version" ? serverVersion : undefined;
  if (body === undefined && !["api", "apis", "openapi", "openid", ".well-known", ""].includes(root)) return sendText(response, 404, "404 page not found\n");
  if (request.method !== "GET") throw methodNotAllowed();
  if (body) return sendObject(response, { notation: "json", pretty: true }, { status: 200, body });
  if (root === "openapi") return answerOpenapi(exchange, rest);
  if (route === "/openid/v1/jwks") return sendDocument(exchange, identity.jwks(), "application/jwk-set+json");
  if (route === "/.well-known/openid-configuration") return sendDocument(exchange, identity.openidConfiguration(), "application/json");
  if (route === "/") return sendObject(response, { notation: "json", pretty: true }, { status: 200, body: { paths: listPaths(exchange) } });
  if (root !== "api" && root !== "apis") return sendText(response, 404, "404 page not found\n");
  return answerDiscovery(exchange, root, rest);
}

/** Plain text instead of a Status, as what stands before the API's handlers answers. */
export async function answerUnknown({ response }: Exchange, { status, text }: { readonly status: number; readonly text: string }): Promise<void> {
  sendText(response, status, text);
}

async function answerDiscovery(exchange: PathExchange, root: "api" | "apis", [first, second]: readonly string[]): Promise<void> {
  const { request, response, query, api, faults } = exchange;
  const view = { types: api.types.all(), broken: faults.broken };
  if (first === undefined && wantsAggregated(request.headers.accept)) {
    const { body, contentType } = buildAggregatedDiscovery(view, root);
    response.setHeader("vary", "Accept");
    return sendObject(response, { notation: "json", pretty: false }, { status: 200, body, contentType });
  }
  const format = negotiate(request.headers.accept, { pretty: query.get("pretty"), userAgent: request.headers["user-agent"] ?? "" });
  const group = root === "api" ? "" : (first ?? "");
  const version = root === "api" ? first : second;
  const send = (body: JsonObject): Promise<void> => sendObject(response, format, { status: 200, body });
  if (first === undefined) return send(root === "api" ? buildVersions(request.headers.host ?? "") : buildGroupList(view));
  const known = groupsOf(view).find(({ name }) => name === group);
  if (!known) return sendText(response, 404, "404 page not found\n");
  if (version === undefined) return send(buildGroup(known));
  if (faults.broken.has(group)) return sendText(response, 503, "service unavailable\n");
  if (!known.versions.includes(version)) throw noResource();
  return send(buildResourceList(view, group, version));
}

/** Rejects with StatusError 406 where the client does not take that very type: the keys are no application/json. */
async function sendDocument({ response, query, request }: Exchange, body: JsonObject, contentType: string): Promise<void> {
  const accepted = parseClauses(request.headers.accept ?? "*/*").map(({ type }) => type);
  if (!accepted.some((type) => type === "*/*" || type === contentType))
    throw new StatusError({ code: 406, reason: "NotAcceptable", message: `406: Not Acceptable\n\nAvailable representations: ${contentType}`, details: {} });
  const { pretty } = negotiate(undefined, { pretty: query.get("pretty"), userAgent: request.headers["user-agent"] ?? "" });
  response.setHeader("cache-control", "public, max-age=3600");
  return sendObject(response, { notation: "json", pretty }, { status: 200, body, contentType });
}

function listPaths({ api, faults }: PathExchange): readonly string[] {
  const groups = groupsOf({ types: api.types.all(), broken: faults.broken }).filter(({ name }) => name !== "");
  const grouped = groups.flatMap(({ name, versions }) => [`/apis/${name}`, ...versions.map((version) => `/apis/${name}/${version}`)]);
  const others = ["/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/openid/v1/jwks", "/readyz", "/version"];
  return ["/.well-known/openid-configuration", "/api", "/api/v1", "/apis", "/apis/", ...grouped.toSorted(), ...others];
}
