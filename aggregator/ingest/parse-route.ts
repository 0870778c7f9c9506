import { globalNode } from "../../core/contract/names.ts";
import { inputsPath, wirePaths } from "../../core/contract/worker-wire.ts";
import { mostRows } from "../status/page-results.ts";
import type { StatusPage } from "../status/page-results.ts";
import { Refusal } from "./refusal.ts";

/** What a request asks for. */
export type Route =
  | { readonly kind: "health" | "tarball" | "poll" | "redaction" }
  | { readonly kind: "status"; readonly page: StatusPage }
  | { readonly kind: "inputs"; readonly plugin: string }
  | { readonly kind: "result" | "part" | "progress"; readonly plugin: string; readonly node: string };

/** A request's method and target as a Route; path tricks are a 400, anything unknown a 404. */
export function parseRoute(method: string, target: string): Route {
  const [path = "", query = ""] = target.split("?", 2);
  for (const [kind, fixed, verb] of fixedRoutes)
    if (path === fixed) return checkMethod(method, verb, kind === "status" ? { kind, page: parsePage(query) } : { kind });
  const segments = path.split("/").map(decodeSegment);
  const plugin = segments.at(-1) ?? "";
  if (segments.slice(0, -1).join("/") === inputsPath && plugin !== "") return checkMethod(method, "GET", { kind: "inputs", plugin });
  const [empty, api, version, kind, scope, ...names] = segments;
  if (empty !== "" || api !== "api" || version !== "v1" || (kind !== "results" && kind !== "progress"))
    throw new Refusal(404, "There is nothing at this path.");
  const [first, second, ...rest] = names;
  const route =
    scope === globalNode ? { kind: toKind(kind), node: globalNode, plugin: first ?? "" } : { kind: toKind(kind), node: first ?? "", plugin: second ?? "" };
  const isComplete =
    scope === globalNode ? first !== undefined && first !== "" && second === undefined : scope === "by-node" && second !== undefined && rest.length === 0;
  if (!isComplete) throw new Refusal(404, "There is nothing at this path.");
  if (route.kind === "result" && method === "HEAD") return { ...route, kind: "part" };
  return checkMethod(method, kind === "results" ? "PUT" : "POST", route);
}

const fixedRoutes = [
  ["health", wirePaths.health, "GET"],
  ["status", wirePaths.status, "GET"],
  ["tarball", wirePaths.tarball, "GET"],
  ["poll", wirePaths.poll, "POST"],
  ["redaction", wirePaths.redaction, "GET"],
] as const;

function parsePage(query: string): StatusPage {
  const wanted = new URLSearchParams(query);
  const [after, limit] = [wanted.get("after") ?? undefined, wanted.get("limit")];
  if (limit === null) return { after };
  if (!/^[1-9][0-9]{0,5}$/.test(limit) || Number(limit) > mostRows) throw new Refusal(400, `The limit of a page is a number from 1 to ${mostRows}.`);
  return { after, limit: Number(limit) };
}

function checkMethod<T extends Route>(method: string, wanted: string, route: T): T {
  if (method !== wanted && !(method === "HEAD" && wanted === "GET")) throw new Refusal(405, `This path takes ${wanted} only.`);
  return route;
}

const toKind = (kind: "results" | "progress"): "result" | "progress" => (kind === "results" ? "result" : "progress");

function decodeSegment(segment: string): string {
  const name = decode(segment);
  if (name === ".." || name === "." || /[/\\\p{Cc}]/u.test(name)) throw new Refusal(400, "The path holds a segment that is no name.");
  return name;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal(400, "The path is not properly encoded.");
  }
}
