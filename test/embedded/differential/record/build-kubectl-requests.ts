import type { Json } from "../../../../core/contract/json.ts";
import { field, text } from "../../../../core/kubernetes/field.ts";
import type { Exchange } from "../exchange.ts";
import type { SentRequest } from "./run-kubectl.ts";

/** Every change, and of what was only read one request of each kind (address, form of the answer), in the order in which kubectl sent them. */
export function buildKubectlRequests(sent: readonly SentRequest[]): readonly Omit<Exchange, "answer">[] {
  const seen = new Set<string>();
  const requests: Omit<Exchange, "answer">[] = [];
  for (const one of sent) {
    const key = [one.method, one.path.replaceAll(/(?:resourceVersion|timeoutSeconds|timeout)=[^&]*/g, ""), one.headers.accept].join(" ");
    if (one.method === "GET" && seen.has(key)) continue;
    seen.add(key);
    requests.push(buildRequest(one, requests.length + 1));
  }
  return requests;
}

function buildRequest({ command, method, path, headers, body }: SentRequest, number: number): Omit<Exchange, "answer"> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    keptHeader.test(name) && typeof value === "string" ? [[name, renderHeader(name, value)]] : [],
  );
  const isWatch = /[?&]watch=true/.test(path);
  const timed = isWatch ? `${path.replace(/&?timeout(?:Seconds)?=[^&]*/g, "")}&timeoutSeconds=1` : path;
  const place = path.split("?")[0] ?? "";
  return {
    id: `kubectl-${String(number).padStart(3, "0")} ${command} → ${method} ${place}`,
    user: "admin",
    method,
    path: timed.replace(/([?&]resourceVersion)=[1-9]\d*/, "$1={version}").replace(/^\/openapi\/v3\/([^?]+)\?hash=.*$/, "{openapi:$1}"),
    headers: Object.fromEntries(kept),
    ...(body !== undefined && { body: replaceVersion(body, place) }),
  };
}

const keptHeader = /^(?:accept|content-type|user-agent|impersonate-.*|connection|upgrade|sec-websocket-.*|x-stream-protocol-version)$/;

/** Answers in protobuf can't be compared by their fields: kubectl takes JSON as well. */
function renderHeader(name: string, value: string): string {
  if (name === "user-agent") return value.split(" ")[0] ?? "";
  return name === "accept" ? value.replace("application/vnd.kubernetes.protobuf,", "") : value;
}

/** What was read before it is replaced has another version in each replay. */
const replaceVersion = (body: Json, place: string): Json =>
  text(field(body, "metadata", "resourceVersion")) === ""
    ? body
    : (JSON.parse(JSON.stringify(body).replace(/("resourceVersion":)"\d+"/, `$1"{version:${place}}"`)) as Json);
