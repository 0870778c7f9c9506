import type { JsonObject } from "../../core/contract/json.ts";
import type { ResourceType } from "./resource-type.ts";
import { qualifiedName } from "./resource-type.ts";
import { messageOf } from "../to-error.ts";

/** One field that is wrong, as `Status.details.causes` carries it: reason FieldValueInvalid, FieldValueRequired, FieldValueNotSupported… */
export type FieldCause = { readonly reason: string; readonly message: string; readonly field: string };

/** A refusal as the API server gives it: a `Status` object of the right reason and HTTP code. Source: k8s.io/apimachinery, pkg/api/errors. */
export class StatusError extends Error {
  readonly code: number;
  /** Empty where the API server gives none, as for a plain 500. */
  readonly reason: string;
  readonly details: JsonObject | undefined;

  constructor({ code, reason, message, details }: { readonly code: number; readonly reason: string; readonly message: string; readonly details?: JsonObject }) {
    super(message);
    this.name = "StatusError";
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}

/** The body that clients read. */
export const buildStatus = ({ code, reason, message, details }: StatusError): JsonObject => ({
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Failure",
  message,
  ...(reason === "" ? {} : { reason }),
  ...(details === undefined ? {} : { details }),
  code,
});

const about = (type: ResourceType, name: string): JsonObject => ({
  ...(name === "" ? {} : { name }),
  ...(type.group === "" ? {} : { group: type.group }),
  kind: type.plural,
});

export const notFound = (type: ResourceType, name: string): StatusError =>
  new StatusError({ code: 404, reason: "NotFound", message: `${qualifiedName(type)} "${name}" not found`, details: about(type, name) });

export const alreadyExists = (type: ResourceType, name: string): StatusError =>
  new StatusError({ code: 409, reason: "AlreadyExists", message: `${qualifiedName(type)} "${name}" already exists`, details: about(type, name) });

export const conflict = (type: ResourceType, name: string, why: string): StatusError =>
  new StatusError({
    code: 409,
    reason: "Conflict",
    message: `Operation cannot be fulfilled on ${qualifiedName(type)} "${name}": ${why}`,
    details: about(type, name),
  });

export const forbidden = (type: ResourceType, name: string, why: string): StatusError =>
  new StatusError({
    code: 403,
    reason: "Forbidden",
    message: name === "" ? `${qualifiedName(type)} is forbidden: ${why}` : `${qualifiedName(type)} "${name}" is forbidden: ${why}`,
    details: about(type, name),
  });

/** `type` may be no type of the API's own, as of the options of a request. */
export const invalid = (type: Pick<ResourceType, "group" | "kind">, name: string, causes: readonly FieldCause[]): StatusError =>
  new StatusError({
    code: 422,
    reason: "Invalid",
    message: `${type.kind}${type.group === "" ? "" : `.${type.group}`} "${name}" is invalid: ${renderCauses(causes)}`,
    details: { ...(name === "" ? {} : { name }), ...(type.group === "" ? {} : { group: type.group }), kind: type.kind, causes },
  });

export const badRequest = (message: string): StatusError => new StatusError({ code: 400, reason: "BadRequest", message });

/** A refusal for which the API server gives no reason: a plain 500. */
export const failure = (message: string): StatusError => new StatusError({ code: 500, reason: "", message });

export const unavailable = (message: string): StatusError => new StatusError({ code: 503, reason: "ServiceUnavailable", message });

/** A path that a known group does not have. */
export const noResource = (): StatusError =>
  new StatusError({ code: 404, reason: "NotFound", message: "the server could not find the requested resource", details: {} });

/** A method that a path does not have. */
export const methodNotAllowed = (): StatusError =>
  new StatusError({ code: 405, reason: "MethodNotAllowed", message: "the server does not allow this method on the requested resource", details: {} });

/** Something that nobody foresaw. */
export function internalError(error: unknown): StatusError {
  const message = messageOf(error);
  return new StatusError({ code: 500, reason: "InternalError", message: `Internal error occurred: ${message}`, details: { causes: [{ message }] } });
}

/** A watch or a continue token from before the last compaction. */
export const expired = (message: string): StatusError => new StatusError({ code: 410, reason: "Expired", message });

function renderCauses(causes: readonly FieldCause[]): string {
  const texts = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))];
  return texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`;
}
