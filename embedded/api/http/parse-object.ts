import { parse, YAMLParseError } from "yaml";
import { isJsonObject, type Json, type JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { TypeTable } from "../registry/api.ts";
import { badRequest, StatusError } from "../status-error.ts";
import { decodeObject } from "./protobuf/decode-object.ts";
import { scanJson } from "./scan-json.ts";
import { messageOf } from "../../to-error.ts";
import { apiVersionOf } from "../resource-type.ts";
import { goKind } from "../schema/go-type.ts";

/** What a request's body is to be. */
export type Expected = { readonly group: string; readonly version: string; readonly kind: string };

export type ParsedObject = {
  readonly object: KubernetesObject;
  /** Paths that the text has twice; the last one counts. */
  readonly duplicates: readonly string[];
};

/** A body as the object that the path expects, in JSON, YAML or protobuf. Throws StatusError 400 or 415 in the words of the API server's decoders. */
export function parseObject(body: Buffer, options: { readonly contentType: string; readonly expected: Expected; readonly types: TypeTable }): ParsedObject {
  const { expected, types } = options;
  const { value, duplicates } = parseBody(body, options);
  if (!isJsonObject(value)) throw unrecognized(body, expected, `json: cannot unmarshal ${goKind(value)} into Go value of type ${typeMeta}`);
  for (const key of ["apiVersion", "kind"]) {
    const wrong = value[key] ?? "";
    if (typeof wrong !== "string") throw unrecognized(body, expected, `json: cannot unmarshal ${goKind(wrong)} into Go struct field .${key} of type string`);
  }
  refuseOtherKinds(value, expected, types);
  const metadata = value["metadata"] ?? {};
  if (!isJsonObject(metadata)) {
    throw refuse(expected, `json: cannot unmarshal ${goKind(metadata)} into Go struct field ${expected.kind}.metadata of type v1.ObjectMeta`);
  }
  return { object: parseKubernetesObject({ ...value, apiVersion: apiVersionOf(expected), kind: expected.kind, metadata }), duplicates };
}

/** Whatever JSON a text holds. Throws SyntaxError in the words of Go's decoder. */
export function parseJson(text: string): { readonly value: Json; readonly duplicates: readonly string[] } {
  const scanned = scanJson(text);
  if ("error" in scanned) throw new SyntaxError(scanned.error);
  return { value: JSON.parse(text) as Json, duplicates: scanned.duplicates };
}

/** Whatever a YAML text holds, read as JSON would be. Throws SyntaxError. */
export function parseYaml(text: string): Json {
  try {
    return JSON.parse(JSON.stringify(parse(text) ?? null)) as Json;
  } catch (error) {
    const line = error instanceof YAMLParseError ? `line ${error.linePos?.[0].line ?? 1}: ` : "";
    const why = messageOf(error).replace(/ at line \d+, column \d+:[^]*$/, "");
    throw new SyntaxError(`yaml: ${line}${why}`, { cause: error });
  }
}

/** `expected`'s decoder says why not. */
export const refuse = (expected: Expected, why: string, { version, kind }: { readonly version: string; readonly kind: string } = expected): StatusError =>
  badRequest(`${kind} in version "${version}" cannot be handled as a ${expected.kind}: ${why}`);

const typeMeta = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;

/** What a body holds, whatever object it is. Throws StatusError 415 for a media type that is none of the API's, SyntaxError or RangeError for what can't be read. */
export function readObject(body: Buffer, contentType: string): ReturnType<typeof parseJson> {
  switch ((contentType.split(";")[0] ?? "").trim().toLowerCase()) {
    case "":
    case "application/json":
      return parseJson(body.toString("utf8"));
    case "application/yaml":
      return { value: parseYaml(body.toString("utf8")), duplicates: [] };
    case "application/vnd.kubernetes.protobuf": {
      const value = decodeObject(body);
      if (value === undefined) throw unsupported();
      return { value, duplicates: [] };
    }
    default:
      throw unsupported();
  }
}

function parseBody(body: Buffer, { contentType, expected }: { readonly contentType: string; readonly expected: Expected }): ReturnType<typeof parseJson> {
  try {
    const { value, duplicates } = readObject(body, contentType);
    return { value: value ?? {}, duplicates };
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw unrecognized(body, expected, messageOf(error));
  }
}

const unsupported = (): StatusError =>
  new StatusError({
    code: 415,
    reason: "UnsupportedMediaType",
    message:
      "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf",
  });

function refuseOtherKinds(value: JsonObject, expected: Expected, types: TypeTable): void {
  const wanted = apiVersionOf(expected);
  const apiVersion = String(value["apiVersion"] ?? "") || wanted;
  const kind = String(value["kind"] ?? "") || expected.kind;
  if (apiVersion === wanted && kind === expected.kind) return;
  const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
  if (!types.ofKind(apiVersion, kind)) {
    throw refuse(expected, `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`, { version, kind });
  }
  if (kind === expected.kind) throw badRequest(`the API version in the data (${apiVersion}) does not match the expected API version (${wanted})`);
  const internal = expected.group === "" ? "core" : expected.group.split(".")[0];
  throw refuse(expected, `converting (${version}.${kind}) to (${internal}.${expected.kind}): unknown conversion`, { version, kind });
}

function unrecognized(body: Buffer, { kind }: Expected, why: string): StatusError {
  return badRequest(`the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why} (${summarize(body)})`);
}

/** The first bytes, as text where it may be an object, else in hexadecimal. */
function summarize(body: Buffer): string {
  if (body.length === 0) return "<empty>";
  const start = body.subarray(0, 30).toString(body[0] === 0x7b ? "utf8" : "hex");
  return body.length > 30 ? `${start} ...` : start;
}

/** Its name and the like are looked at by whoever needs them. */
const parseKubernetesObject = (value: JsonObject): KubernetesObject => value as KubernetesObject;
