import type { JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../resource-type.ts";
import { apiVersionOf } from "../resource-type.ts";
import { badRequest, StatusError } from "../status-error.ts";
import type { ApiRequest } from "./api-request.ts";
import { isCustom } from "./is-custom.ts";
import type { Page } from "./select-page.ts";
import { findSubresource } from "./subresources.ts";
import type { IncludedObject } from "./build-table.ts";
import { buildTable } from "./build-table.ts";

type View = Pick<ApiRequest, "type" | "format" | "query" | "clock">;

/** One object in the form that was agreed on. Throws StatusError 406 where a list is wanted. */
export function renderObject({ type, format, query, clock }: View, object: KubernetesObject): JsonObject {
  if (format.as === "object") return withKind(type, object);
  if (format.as === "PartialObjectMetadata") return buildPartial(object);
  if (format.as === "Table") return buildTable(type, [object], { metadata: versionOf(object), include: parseInclude(query), now: clock.now() });
  throw notAcceptable(`you requested PartialObjectMetadataList, but the requested object is not a list (*${internalOf(type)}.${type.kind})`);
}

/** What a write gives: the object in the form that was agreed on, or what a subresource of another kind gives, as it is. */
export const renderAnswer = (request: View & Pick<ApiRequest, "info">, object: KubernetesObject): JsonObject =>
  findSubresource(request.type, request.info.subresource)?.kind ? object : renderObject(request, object);

/** A list in the form that was agreed on. Throws StatusError 406 where a single object is wanted. */
export function renderList({ type, format, query, clock }: View, { metadata, items }: Page): JsonObject {
  if (format.as === "object")
    return { kind: `${type.kind}List`, apiVersion: apiVersionOf(type), metadata, items: isCustom(type) ? items : items.map(withoutKind) };
  if (format.as === "PartialObjectMetadataList") return { kind: format.as, apiVersion: "meta.k8s.io/v1", metadata, items: items.map(buildPartial) };
  if (format.as === "Table") return buildTable(type, items, { metadata, include: parseInclude(query), now: clock.now() });
  throw notAcceptable(`you requested PartialObjectMetadata, but the requested object is a list (*${internalOf(type)}.${type.kind}List)`);
}

/** Renders the events of one watch, each a line. Throws StatusError 400 for a table that can't be had. */
export function createEventWriter({ type, format, query, clock }: View): (event: string, object: JsonObject) => string {
  const include = format.as === "Table" ? parseInclude(query) : "Metadata";
  let headers = true;
  const render = (event: string, object: JsonObject): JsonObject => {
    if (event === "ERROR") return object;
    if (format.as === "object") return withKind(type, object);
    const known = parseKnown(object);
    if (format.as !== "Table") return buildPartial(known);
    const rows = event === "BOOKMARK" ? [] : [known];
    const table = buildTable(type, rows, { metadata: versionOf(known), include, now: clock.now(), headers });
    headers = false;
    return table;
  };
  return (event, object) => `${JSON.stringify({ type: event, object: render(event, object) })}\n`;
}

const withKind = (type: ResourceType, object: JsonObject): JsonObject => ({ kind: type.kind, apiVersion: apiVersionOf(type), ...withoutKind(object) });

/** Items of a list leave it to the list to say what they are. */
function withoutKind({ kind: _kind, apiVersion: _apiVersion, ...rest }: JsonObject): JsonObject {
  return rest;
}

const buildPartial = ({ metadata }: KubernetesObject): JsonObject => ({ kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata });

const versionOf = ({ metadata }: KubernetesObject): JsonObject => ({ resourceVersion: metadata.resourceVersion });

const notAcceptable = (message: string): StatusError => new StatusError({ code: 406, reason: "NotAcceptable", message });

/** The name of Go's package of the type. */
const internalOf = ({ group }: ResourceType): string => (group === "" ? "core" : (group.split(".")[0] ?? ""));

function parseInclude(query: URLSearchParams): IncludedObject {
  const value = query.get("includeObject") ?? "";
  if (value === "" || value === "Metadata") return "Metadata";
  if (value === "Object" || value === "None") return value;
  const why = `includeObject: Invalid value: ${JSON.stringify(value)}: must be 'Metadata', 'Object', 'None', or empty`;
  throw badRequest(`Unable to convert to Table as requested: ${why}`);
}

/** Bookmarks have no name, which nobody asks for here. */
const parseKnown = (object: JsonObject): KubernetesObject => object as KubernetesObject;
