import type { ErrorCode } from "../contract/known-error.ts";
import { KnownError } from "../contract/known-error.ts";
import { isJsonObject } from "../contract/json.ts";
import type { Json } from "../contract/json.ts";
import { text } from "../kubernetes/field.ts";
import type { Connection } from "./connection.ts";
import { oneLine, quote } from "./one-line.ts";
import type { Resource } from "./resource-path.ts";

/** What an API server answered instead of doing it: HTTP status, reason (`Forbidden`; empty where it gave none), and its words on one line. */
export type ClusterFailure = { readonly status: number; readonly reason: string; readonly message: string };

/** What the API server said, when an error came from it. */
export const clusterFailure = (error: unknown): ClusterFailure | undefined => (typeof error === "object" && error !== null ? failures.get(error) : undefined);

/** Errors are looked up by identity, so that nothing of a server's answer hangs on what gets printed. */
const failures = new WeakMap<object, ClusterFailure>();

/** What was asked for: an RBAC verb and its object. */
export type Action = { readonly verb: "get" | "list" | "watch" | "create" | "patch" | "update" | "delete"; readonly resource: Resource };

/** An API server's refusal: its status, the start of its body, and what was asked for. */
export type Refusal = {
  readonly status: number;
  readonly body: string;
  readonly action: Action;
  readonly connection: Pick<Connection, "server" | "identity">;
  /** When the client certificate ran out, if it did. */
  readonly certificateExpired?: Date | undefined;
};

/** A refusal as the KnownError that people see; `clusterFailure` finds the server's words again. */
export function statusFailure(refusal: Refusal): KnownError {
  const status = parseStatus(refusal);
  const { code, sentence, hint } = explain(refusal, status);
  const error = new KnownError(code, /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`, hint === undefined ? {} : { hint });
  failures.set(error, { status: refusal.status, reason: status.reason, message: status.message });
  return error;
}

type Status = { readonly reason: string; readonly message: string; readonly detailName: string; readonly detailKind: string };

/** The Status object of a body, or what can be said without one. */
function parseStatus({ status, body }: Refusal): Status {
  const parsed = parseJson(body);
  if (!isJsonObject(parsed) || parsed["kind"] !== "Status") {
    const isPlain = body !== "" && !body.trimStart().startsWith("<") && !isJsonObject(parsed);
    return { reason: "", message: isPlain ? oneLine(body) : `HTTP status ${status}`, detailName: "", detailKind: "" };
  }
  const details = isJsonObject(parsed["details"]) ? parsed["details"] : {};
  return {
    reason: oneLine(text(parsed["reason"]), 60),
    message: oneLine(text(parsed["message"]), 1000) || `HTTP status ${status}`,
    detailName: oneLine(text(details["name"]), 253),
    detailKind: oneLine(text(details["kind"]), 100),
  };
}

type Explanation = { readonly code: ErrorCode; readonly sentence: string; readonly hint?: string };

function explain(refusal: Refusal, status: Status): Explanation {
  const { action, connection } = refusal;
  const { resource } = action;
  switch (refusal.status) {
    case 401:
      return { code: "credentials-expired", sentence: notAccepted(refusal), hint: connection.identity.loginHint };
    case 403:
      return forbidden(refusal, status);
    case 404:
      if (status.detailName !== "") return { code: "not-found", sentence: `There is no ${describeMissing(resource, status)}.` };
      return { code: "not-found", sentence: `The cluster does not know ${describe(resource)}: ${status.message}` };
    case 409:
      if (status.reason === "AlreadyExists") return { code: "conflict", sentence: `${describe(resource)} exists already.` };
      return { code: "conflict", sentence: `${describe(resource)} could not be changed: ${status.message}` };
    case 410:
      return { code: "conflict", sentence: `${describe(resource)} changed too much to be read to the end: ${status.message}`, hint: "Try again." };
    case 429:
    case 502:
    case 503:
    case 504:
      return {
        code: "cluster-unreachable",
        sentence: `The API server ${connection.server} cannot ${action.verb} ${describe(resource)} now (${refusal.status}): ${status.message}`,
        hint: "It may be overloaded or starting; try again.",
      };
    default:
      return { code: "cluster-refused", sentence: `The cluster refused to ${action.verb} ${describe(resource)}: ${status.message}` };
  }
}

function notAccepted({ connection, certificateExpired }: Refusal): string {
  if (certificateExpired) return `The client certificate of ${connection.identity.label} expired on ${certificateExpired.toISOString().slice(0, 10)}.`;
  return `The API server ${connection.server} does not accept the credentials of ${connection.identity.label}.`;
}

/**
 * RBAC says no before it reads an object, so a refused creation that names the object comes from admission (Pod Security, quota,
 * a webhook); for changes the two can't be told apart, and the server's own words stand.
 */
function forbidden({ action }: Refusal, status: Status): Explanation {
  const { verb, resource } = action;
  const isSubresource = resource.plural.includes("/");
  const isAdmission = verb === "create" && !isSubresource && status.detailName !== "" && status.detailName === resource.name;
  if (isAdmission || verb === "patch" || verb === "update")
    return { code: "cluster-refused", sentence: `The cluster refused to ${verb} ${describe(resource)}: ${status.message}` };
  const what = verb === "create" ? `${resource.plural}${inPlace(resource)}` : describe(resource);
  return { code: "cluster-refused", sentence: `You may not ${verb} ${what}.`, hint: permissionHint(verb, resource) };
}

function permissionHint(verb: string, { plural, group, place }: Resource): string {
  // Over a WebSocket it takes both, and a server asks for get first.
  if (plural === "pods/exec") return "Ask for the verbs get and create on pods/exec.";
  const scope = typeof place === "object" ? ` --namespace ${place.namespace}` : place === "cluster" ? "" : " --all-namespaces";
  return `Ask for that permission; "kubectl auth can-i ${verb} ${group === "" ? plural : `${plural}.${group}`}${scope}" says whether you have it.`;
}

const describe = (resource: Resource): string =>
  `${resource.name === undefined ? resource.plural : `${resource.kind} ${quote(resource.name)}`}${inPlace(resource)}`;

function inPlace({ place }: Resource): string {
  if (place === "cluster") return "";
  return place === "all-namespaces" ? " in all namespaces" : ` in namespace ${quote(place.namespace)}`;
}

/** What is missing may be the namespace, when something was to be created in it. */
function describeMissing(resource: Resource, { detailKind, detailName }: Status): string {
  if (detailKind === "namespaces") return `namespace ${quote(detailName)}`;
  return `${detailKind === resource.plural.replace(/\/.*/, "") ? resource.kind : detailKind} ${quote(detailName)}${inPlace(resource)}`;
}

function parseJson(body: string): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}
