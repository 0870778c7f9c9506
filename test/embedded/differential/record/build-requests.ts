import type { Json } from "../../../../core/contract/json.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { Exchange } from "../exchange.ts";
import { buildInert } from "./build-inert.ts";
import { peopleNamespace, runNamespace } from "./run-audited.ts";

/** A request of the audit log and how the API server answered it then. */
export type AuditedRequest = Omit<Exchange, "answer"> & { readonly code: number; readonly reason: string };

/** One request of each kind (who, verb, resource, parameters, status) in the order of the log, and every one that makes or removes an object, so that each finds what it found then. */
export function buildRequests(lines: readonly string[]): readonly AuditedRequest[] {
  const events = lines.map((line): unknown => JSON.parse(line)).toSorted((one, other) => (receivedAt(one) < receivedAt(other) ? -1 : 1));
  const replaceNames = createReplacement(events);
  const seen = new Set<string>();
  const requests: AuditedRequest[] = [];
  for (const event of events) {
    const request = buildRequest(event, replaceNames);
    const key = describeKind(request);
    const isChange = ["POST", "DELETE"].includes(request.method) && !/dryRun|tokenreviews/.test(request.path);
    // Of two removals the second finds nothing in a replay, which waits for the first one's end.
    if (isChange ? request.method === "DELETE" && seen.has(request.path) : seen.has(key)) continue;
    seen.add(isChange ? request.path : key);
    requests.push({ ...request, id: `run-${String(requests.length + 1).padStart(3, "0")} ${request.method} ${request.path.split("?")[0]}` });
  }
  return requests;
}

const receivedAt = (event: unknown): string => text(field(event, "requestReceivedTimestamp"));

const methods: Readonly<Record<string, string>> = { create: "POST", patch: "PATCH", update: "PUT", delete: "DELETE" };

function buildRequest(event: unknown, replaceNames: (content: string) => string): AuditedRequest {
  const verb = text(field(event, "verb"));
  const path = text(field(event, "requestURI"));
  const method = methods[verb] ?? "GET";
  const body = readBody(event) ?? inventBody(event);
  const isUpgrade = field(event, "responseStatus", "code") === 101;
  return {
    id: "",
    user: renderUser(text(field(event, "user", "username"))),
    method,
    path: replaceNames(isUpgrade ? path.replaceAll(/&command=[^&]*/g, "") + "&command=true" : path)
      .replace(/([?&]resourceVersion)=\d+/, "$1={version}")
      .replace(/([?&]timeoutSeconds)=\d+/, "$1=1"),
    headers: {
      "user-agent": "asdic",
      ...(!isUpgrade && { accept: "application/json" }),
      ...(body !== undefined && { "content-type": method === "PATCH" ? "application/merge-patch+json" : "application/json" }),
      ...(isUpgrade && upgrade),
    },
    ...(body !== undefined && { body: JSON.parse(replaceNames(JSON.stringify(buildInert(body)))) as Json }),
    code: Number(field(event, "responseStatus", "code")),
    reason: text(field(event, "responseStatus", "reason")),
  };
}

const upgrade = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": Buffer.from("differentialtest").toString("base64"),
  "sec-websocket-protocol": "v5.channel.k8s.io",
};

function renderUser(name: string): string {
  const [, , namespace = "", account = ""] = name.split(":");
  if (namespace === peopleNamespace && account === "admin") return "admin";
  return `${namespace}:${account}`;
}

/** The log shows the options of a deletion as the API server holds them. */
function readBody(event: unknown): unknown {
  const body = field(event, "requestObject");
  return field(body, "kind") === "DeleteOptions" ? Object.assign({}, body, { apiVersion: "v1" }) : body;
}

/** What the log left out, made up. */
function inventBody(event: unknown): unknown {
  const [resource, verb] = [field(event, "objectRef", "resource"), field(event, "verb")];
  if (resource === "tokenreviews")
    return { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token: `{token:${runNamespace}:asdic-aggregator}` } };
  if (resource !== "secrets") return undefined;
  const data = { "made-up": Buffer.from("made up").toString("base64") };
  if (verb === "create")
    return { apiVersion: "v1", kind: "Secret", metadata: { name: field(event, "objectRef", "name"), namespace: runNamespace }, type: "Opaque", data };
  return verb === "patch" ? { data } : undefined;
}

/** What makes two requests the same for the purpose of the recording. */
function describeKind({ user, method, path, body, code }: AuditedRequest): string {
  const [place = "", query = ""] = path.split("?");
  const name = /(\/(?:pods|services|jobs)\/)[^/]+/;
  return [user, method, place.replace(name, "$1NAME"), [...new URLSearchParams(query).keys()].join(","), text(field(body, "kind")), code].join(" ");
}

/** Takes out of texts what will have another name or uid in a replay. */
function createReplacement(events: readonly unknown[]): (content: string) => string {
  const uids = new Map<string, string>();
  const pods = new Map<string, string>();
  for (const event of events) {
    const answer = field(event, "responseObject");
    const [path = ""] = text(field(event, "requestURI")).split("?");
    for (const object of [answer, ...list(field(answer, "items"))]) {
      const [name, uid, prefix] = ["name", "uid", "generateName"].map((key) => text(field(object, "metadata", key)));
      if (name === undefined || name === "" || uid === undefined || uid === "") continue;
      if (prefix !== undefined && prefix !== "" && path.endsWith("/pods")) pods.set(name, nameOwner(object, prefix));
      if (!uids.has(uid)) uids.set(uid, path.endsWith(`/${name}`) ? path : `${path}/${name}`);
    }
    const deleted = text(field(event, "requestObject", "preconditions", "uid"));
    if (deleted !== "") uids.set(deleted, path);
    // Pods of Jobs are never read as objects by the run, but named in the addresses of their logs.
    const generated = /\/pods\/(?:https:)?(asdic-[a-z0-9-]+-[0-9a-f]{8})-[a-z0-9]{5}\b/.exec(path);
    if (generated) pods.set(path.split("/pods/")[1]?.replace("https:", "").split(/[/:]/)[0] ?? "", generated[1] ?? "");
  }
  const isInRun = (path: string): boolean => path.includes(runNamespace) || path.includes("/nodes/");
  return (content) => {
    let replaced = content;
    for (const [uid, path] of uids) if (isInRun(path)) replaced = replaced.replaceAll(uid, `{uid:${path}}`);
    for (const [name, prefix] of pods) replaced = replaced.replaceAll(name, `{pod:${runNamespace}/${prefix}}`);
    return replaced;
  };
}

/** The part of a pod's name that is the same in every cluster. */
const nameOwner = (pod: unknown, prefix: string): string =>
  list(field(pod, "metadata", "ownerReferences")).some((owner) => field(owner, "kind") === "ReplicaSet")
    ? prefix.replace(/-[a-z0-9]+-$/, "")
    : prefix.slice(0, -1);
