import { answerConnect } from "../connect/answer-connect.ts";
import type { ResourceType } from "../resource-type.ts";
import { methodNotAllowed, noResource } from "../status-error.ts";
import { answerPatch, answerUpdate } from "./answer-change.ts";
import { answerCreate } from "./answer-create.ts";
import { answerDelete, answerDeleteCollection } from "./answer-delete.ts";
import { answerGet, answerList } from "./answer-read.ts";
import { answerWatch } from "./answer-watch.ts";
import type { ApiRequest } from "./api-request.ts";
import type { ConnectTarget } from "./exchange.ts";
import type { ResourceInfo } from "./parse-request-info.ts";
import { findSubresource } from "./subresources.ts";

/** Answers a request for objects. Rejects with StatusError while nothing is sent. */
export async function answerResource(request: ApiRequest): Promise<void> {
  const target = parseConnectTarget(request);
  if (target) return answerConnect(target, request);
  switch (request.info.verb) {
    case "get":
      return answerGet(request);
    case "list":
      return answerList(request);
    case "watch":
      return answerWatch(request);
    case "create":
      return answerCreate(request);
    case "update":
      return answerUpdate(request);
    case "patch":
      return answerPatch(request);
    case "delete":
      return answerDelete(request);
    case "deletecollection":
      return answerDeleteCollection(request);
    default:
      throw methodNotAllowed();
  }
}

/** Throws StatusError 404 or 405 for what a type has not: another scope, subresource or verb. `method` counts, as HEAD is no way to get. */
export function checkRoute(type: ResourceType, info: ResourceInfo, method: string): void {
  const isOwnNamespace = info.resource === "namespaces" && info.group === "";
  if (!type.namespaced && info.namespace !== "" && !isOwnNamespace) throw noResource();
  const everywhere = type.namespaced && info.namespace === "";
  if (everywhere && info.name !== "") throw noResource();
  if (info.subresource !== "") {
    const subresource = findSubresource(type, info.subresource);
    if (!subresource || (info.rest !== "" && info.subresource !== "proxy")) throw noResource();
    if (method === "HEAD" ? info.subresource !== "proxy" : info.subresource !== "proxy" && !subresource.verbs.includes(info.verb)) throw methodNotAllowed();
    return;
  }
  if (method === "HEAD" || !type.verbs.includes(info.verb)) throw methodNotAllowed();
  const isOfCollection = ["list", "watch", "create", "deletecollection"].includes(info.verb);
  if (isOfCollection === (info.name !== "") && info.verb !== "watch") throw methodNotAllowed();
  // Whole collections of all namespaces can only be read.
  if (everywhere && info.verb !== "list" && info.verb !== "watch") throw methodNotAllowed();
}

/** Where a request leads beyond the API's own objects; undefined if it doesn't. */
export function parseConnectTarget({ info, type }: Pick<ApiRequest, "info" | "type">): ConnectTarget | undefined {
  const subresource = connects.find((name) => name === info.subresource);
  if (subresource === undefined) return undefined;
  return { type, namespace: type.namespaced ? info.namespace : "", name: info.name, subresource, rest: info.rest };
}

const connects = ["log", "exec", "attach", "portforward", "proxy"] as const;
