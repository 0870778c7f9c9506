import { badRequest } from "../status-error.ts";
import { parseFlag } from "./query-values.ts";

/** What a request asks, as far as its method, path and query tell: of the API's resources, or of a path beside them. Source: k8s.io/apiserver, pkg/endpoints/request. */
export type RequestInfo =
  | { readonly kind: "path"; readonly verb: string; readonly path: string }
  | {
      readonly kind: "resource";
      /** get, list, watch, create, update, patch, delete, deletecollection; empty for a method that the API has not. */
      readonly verb: string;
      readonly group: string;
      readonly version: string;
      readonly namespace: string;
      readonly resource: string;
      readonly name: string;
      readonly subresource: string;
      /** Behind the subresource, still encoded: "" or "/…". */
      readonly rest: string;
      /** What rights are checked for: `name`, or the one that a field selector names. */
      readonly namedBySelector: string;
    };

export type ResourceInfo = Extract<RequestInfo, { kind: "resource" }>;

/** Throws StatusError 400 for a path that can't be decoded. */
export function parseRequestInfo(method: string, rawPath: string, query: URLSearchParams): RequestInfo {
  const raw = rawPath.split("/").slice(1);
  const parts = raw.map(decode);
  while (parts.at(-1) === "") parts.pop();
  const root = parts[0] === "api" ? 1 : 2;
  if ((parts[0] !== "api" && parts[0] !== "apis") || parts.length < root + 2)
    return { kind: "path", verb: method.toLowerCase(), path: parts.length === 0 ? "/" : `/${raw.map(decode).join("/")}` };
  const group = root === 1 ? "" : (parts[1] ?? "");
  const version = parts[root] ?? "";
  const watched = parts[root + 1] === "watch" && parts.length > root + 2;
  const at = root + (watched ? 2 : 1);
  const place = findPlace(parts, at);
  const [resource = "", name = "", subresource = ""] = parts.slice(place.at);
  const rest = raw.slice(place.at + 3);
  const isWatch = watched || (name === "" && parseFlag(query.get("watch")));
  return {
    kind: "resource",
    verb: verbOf(method, name, isWatch),
    group,
    version,
    namespace: place.namespace,
    resource,
    name,
    subresource,
    rest: rest.length === 0 ? "" : `/${rest.join("/")}`,
    namedBySelector: name === "" && (method === "GET" || method === "DELETE") ? nameIn(query.get("fieldSelector") ?? "") : name,
  };
}

function findPlace(parts: readonly string[], at: number): { readonly at: number; readonly namespace: string } {
  if (parts[at] !== "namespaces" || parts.length < at + 2) return { at, namespace: "" };
  const below = parts[at + 2];
  const isNamespaceItself = below === undefined || below === "status" || below === "finalize";
  return { at: isNamespaceItself ? at : at + 2, namespace: parts[at + 1] ?? "" };
}

function verbOf(method: string, name: string, isWatch: boolean): string {
  switch (method) {
    case "GET":
    case "HEAD":
      if (isWatch) return "watch";
      return name === "" ? "list" : "get";
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return name === "" ? "deletecollection" : "delete";
    default:
      return "";
  }
}

const nameIn = (fieldSelector: string): string => /(?:^|,)metadata\.name={1,2}([a-z0-9.-]+)(?:,|$)/.exec(fieldSelector)?.[1] ?? "";

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`invalid URL escape ${JSON.stringify(part)}`);
  }
}
