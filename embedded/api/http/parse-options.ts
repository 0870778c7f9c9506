import { isJsonObject, type Json, type JsonObject } from "../../../core/contract/json.ts";
import type { DeleteOptions, WriteOptions } from "../registry/api.ts";
import type { FieldCause } from "../status-error.ts";
import { badRequest, invalid, StatusError } from "../status-error.ts";
import { readObject } from "./parse-object.ts";
import { messageOf } from "../../to-error.ts";
import { forbidden, invalidValue, notSupported, required, tooLong } from "../causes.ts";
import { goKind } from "../schema/go-type.ts";
import { parseFlag, parseInteger } from "./query-values.ts";

/** The query of a create, update or patch; throws StatusError 422 naming `kind` (CreateOptions, UpdateOptions, PatchOptions). */
export function parseWriteOptions(query: URLSearchParams, kind: string, userAgent: string): WriteOptions & { readonly force: boolean } {
  const causes: FieldCause[] = [];
  const isApply = kind === "ApplyOptions";
  const fieldManager = query.get("fieldManager") ?? "";
  if (isApply && fieldManager === "") causes.push(...required("fieldManager", "is required for apply patch"));
  if (fieldManager.length > 128) causes.push(...tooLong("fieldManager", 128));
  if (!isApply && query.has("force") && kind === "PatchOptions") causes.push(...forbidden("force", "may not be specified for non-apply patch"));
  causes.push(...checkDryRun(query.getAll("dryRun")));
  const fieldValidation = query.get("fieldValidation") ?? "";
  if (!isFieldValidation(fieldValidation) && fieldValidation !== "") {
    causes.push(...notSupported("fieldValidation", fieldValidation, ["", "Ignore", "Strict", "Warn"]));
  }
  if (causes.length > 0) throw invalidOptions(isApply ? "PatchOptions" : kind, causes);
  return {
    dryRun: query.has("dryRun"),
    fieldManager: fieldManager === "" ? managerOf(userAgent) : fieldManager,
    fieldValidation: isFieldValidation(fieldValidation) ? fieldValidation : "Warn",
    force: parseFlag(query.get("force")),
  };
}

/** What a delete asks for: in its body, or in its query if it has none. Throws StatusError 400 or 422. */
export function parseDeleteOptions(query: URLSearchParams, body: Buffer, contentType: string): DeleteOptions & { readonly accepted: boolean } {
  const options = body.length === 0 ? readQuery(query) : readOptionsBody(body, contentType);
  const { propagationPolicy: policy, orphanDependents: orphan, gracePeriodSeconds: grace, preconditions, dryRun } = options;
  const causes: FieldCause[] = [];
  if (policy !== undefined && typeof orphan === "boolean") {
    causes.push(...invalidValue("propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set"));
  }
  if (policy !== undefined && !isPolicy(policy)) causes.push(...notSupported("propagationPolicy", policy, ["Foreground", "Background", "Orphan", "nil"]));
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

/** Options that contradict the API: 422, with no object to name. */
export const invalidOptions = (kind: string, causes: readonly FieldCause[]): StatusError => invalid({ group: "meta.k8s.io", kind }, "", causes);

const checkDryRun = (values: readonly Json[]): readonly FieldCause[] =>
  values.every((value) => value === "All") ? [] : notSupported("dryRun", values, ["All"]);

const isFieldValidation = (value: string): value is "Ignore" | "Warn" | "Strict" => ["Ignore", "Warn", "Strict"].includes(value);

const isPolicy = (value: unknown): value is "Foreground" | "Background" | "Orphan" => value === "Foreground" || value === "Background" || value === "Orphan";

/** Who writes, if they do not say: the first word of the user agent. */
const managerOf = (userAgent: string): string => (userAgent.split("/")[0] ?? "").replaceAll(/[^\x20-\x7e]/g, "").slice(0, 128) || "unknown";

function readQuery(query: URLSearchParams): JsonObject {
  const orphan = query.get("orphanDependents");
  return {
    gracePeriodSeconds: parseInteger(query.get("gracePeriodSeconds")),
    propagationPolicy: query.get("propagationPolicy") ?? undefined,
    orphanDependents: orphan === null ? undefined : parseFlag(orphan),
    dryRun: query.getAll("dryRun"),
  };
}

function readOptionsBody(body: Buffer, contentType: string): JsonObject {
  let value: Json;
  try {
    ({ value } = readObject(body, contentType));
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw badRequest(`couldn't get version/kind; json parse error: ${messageOf(error)}`);
  }
  if (value === null) return {};
  if (!isJsonObject(value))
    throw badRequest(`couldn't get version/kind; json parse error: json: cannot unmarshal ${goKind(value)} into Go value of type v1.DeleteOptions`);
  const { kind, apiVersion } = value;
  if (kind !== undefined && kind !== "DeleteOptions") {
    throw badRequest(`no kind "${String(kind)}" is registered for version "${String(apiVersion ?? "")}" in scheme "pkg/runtime/scheme.go:111"`);
  }
  return value;
}
