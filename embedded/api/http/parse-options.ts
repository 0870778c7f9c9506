import { isJsonObject, type Json, type JsonObject } from "../../../core/contract/json.ts";
import type { DeleteOptions, WriteOptions } from "../registry/api.ts";
import type { FieldCause } from "../status-error.ts";
import { badRequest, StatusError } from "../status-error.ts";
import { nameOf, readObject } from "./parse-object.ts";
import { isTrue } from "./parse-request-info.ts";

/** The query of a create, update or patch; throws StatusError 422 naming `kind` (CreateOptions, UpdateOptions, PatchOptions). */
export function parseWriteOptions(query: URLSearchParams, kind: string, userAgent: string): WriteOptions & { readonly force: boolean } {
  const causes: FieldCause[] = [];
  const isApply = kind === "ApplyOptions";
  const fieldManager = query.get("fieldManager") ?? "";
  if (isApply && fieldManager === "") causes.push(required("fieldManager", "is required for apply patch"));
  if (fieldManager.length > 128) causes.push({ reason: "FieldValueTooLong", message: "Too long: may not be more than 128 bytes", field: "fieldManager" });
  if (!isApply && query.has("force") && kind === "PatchOptions") causes.push(forbidden("force", "may not be specified for non-apply patch"));
  causes.push(...checkDryRun(query.getAll("dryRun")));
  const fieldValidation = query.get("fieldValidation") ?? "";
  if (!isFieldValidation(fieldValidation) && fieldValidation !== "") {
    causes.push(notSupported("fieldValidation", JSON.stringify(fieldValidation), ["", "Ignore", "Strict", "Warn"]));
  }
  if (causes.length > 0) throw invalidOptions(isApply ? "PatchOptions" : kind, causes);
  return {
    dryRun: query.has("dryRun"),
    fieldManager: fieldManager === "" ? managerOf(userAgent) : fieldManager,
    fieldValidation: isFieldValidation(fieldValidation) ? fieldValidation : "Warn",
    force: isTrue(query.get("force")),
  };
}

/** What a delete asks for: in its body, or in its query if it has none. Throws StatusError 400 or 422. */
export function parseDeleteOptions(query: URLSearchParams, body: Buffer, contentType: string): DeleteOptions & { readonly accepted: boolean } {
  const options = body.length === 0 ? readQuery(query) : readOptionsBody(body, contentType);
  const { propagationPolicy: policy, orphanDependents: orphan, gracePeriodSeconds: grace, preconditions, dryRun } = options;
  const causes: FieldCause[] = [];
  if (policy !== undefined && typeof orphan === "boolean") {
    const message = `Invalid value: ${JSON.stringify(policy)}: orphanDependents and deletionPropagation cannot be both set`;
    causes.push({ reason: "FieldValueInvalid", message, field: "propagationPolicy" });
  }
  if (policy !== undefined && !isPolicy(policy))
    causes.push(notSupported("propagationPolicy", JSON.stringify(policy), ["Foreground", "Background", "Orphan", "nil"]));
  const dryRuns = Array.isArray(dryRun) ? dryRun : [];
  causes.push(...checkDryRun(dryRuns));
  if (causes.length > 0) throw invalidOptions("DeleteOptions", causes);
  const own = isPolicy(policy) ? policy : typeof orphan === "boolean" ? (orphan ? "Orphan" : "Background") : undefined;
  const conditions = isJsonObject(preconditions) ? preconditions : {};
  const { uid, resourceVersion } = conditions;
  return {
    dryRun: dryRuns.length > 0,
    ...(typeof grace === "number" ? { gracePeriodSeconds: grace } : {}),
    ...(own ? { propagationPolicy: own } : {}),
    preconditions: { ...(typeof uid === "string" ? { uid } : {}), ...(typeof resourceVersion === "string" ? { resourceVersion } : {}) },
    accepted: orphan === false,
  };
}

/** A number of a query as Go reads it; throws StatusError 400. */
export function parseInteger(value: string | null): number | undefined {
  if (value === null || value === "") return undefined;
  if (!/^[-+]?\d+$/.test(value)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  return Number(value);
}

/** Options that contradict the API: 422, with no object to name. */
export function invalidOptions(kind: string, causes: readonly FieldCause[]): StatusError {
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  const what = texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`;
  const group = "meta.k8s.io";
  return new StatusError({ code: 422, reason: "Invalid", message: `${kind}.${group} "" is invalid: ${what}`, details: { group, kind, causes } });
}

export const forbidden = (field: string, why: string): FieldCause => ({ reason: "FieldValueForbidden", message: `Forbidden: ${why}`, field });

export const notSupported = (field: string, value: string, supported: readonly string[]): FieldCause => ({
  reason: "FieldValueNotSupported",
  message: `Unsupported value: ${value}: supported values: ${supported.map((each) => JSON.stringify(each)).join(", ")}`,
  field,
});

const required = (field: string, why: string): FieldCause => ({ reason: "FieldValueRequired", message: `Required value: ${why}`, field });

const checkDryRun = (values: readonly Json[]): readonly FieldCause[] =>
  values.every((value) => value === "All") ? [] : [notSupported("dryRun", `[${values.map((value) => JSON.stringify(value)).join(",")}]`, ["All"])];

const isFieldValidation = (value: string): value is "Ignore" | "Warn" | "Strict" => ["Ignore", "Warn", "Strict"].includes(value);

const isPolicy = (value: unknown): value is "Foreground" | "Background" | "Orphan" => value === "Foreground" || value === "Background" || value === "Orphan";

/** Who writes, if they do not say: the first word of the user agent. */
const managerOf = (userAgent: string): string => (userAgent.split("/")[0] ?? "").replaceAll(/[^\x20-\x7e]/g, "").slice(0, 128) || "unknown";

function readQuery(query: URLSearchParams): JsonObject {
  const orphan = query.get("orphanDependents");
  return {
    gracePeriodSeconds: parseInteger(query.get("gracePeriodSeconds")),
    propagationPolicy: query.get("propagationPolicy") ?? undefined,
    orphanDependents: orphan === null ? undefined : isTrue(orphan),
    dryRun: query.getAll("dryRun"),
  };
}

function readOptionsBody(body: Buffer, contentType: string): JsonObject {
  let value: Json;
  try {
    ({ value } = readObject(body, contentType));
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw badRequest(`couldn't get version/kind; json parse error: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (value === null) return {};
  if (!isJsonObject(value))
    throw badRequest(`couldn't get version/kind; json parse error: json: cannot unmarshal ${nameOf(value)} into Go value of type v1.DeleteOptions`);
  const { kind, apiVersion } = value;
  if (kind !== undefined && kind !== "DeleteOptions") {
    throw badRequest(`no kind "${String(kind)}" is registered for version "${String(apiVersion ?? "")}" in scheme "pkg/runtime/scheme.go:111"`);
  }
  return value;
}
