import { isJsonObject, type Json } from "../../../core/contract/json.ts";
import { text } from "../../../core/kubernetes/field.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { Patch } from "../registry/api.ts";
import { badRequest, StatusError } from "../status-error.ts";
import { checkNamespace, nameMismatch, readWrite } from "./answer-create.ts";
import type { ApiRequest } from "./api-request.ts";
import { authorize } from "./authorize.ts";
import { parseJson, parseYaml } from "./parse-object.ts";
import { parseWriteOptions } from "./parse-options.ts";
import { readBody } from "./read-body.ts";
import { renderAnswer } from "./render-object.ts";
import { sendObject } from "./send.ts";
import { messageOf } from "../../to-error.ts";
import { goKind } from "../schema/go-type.ts";

/** Replaces an object or one of its subresources. */
export async function answerUpdate(request: ApiRequest): Promise<void> {
  const { api, key, type, info, response, format } = request;
  const { object, options, warnings } = await readWrite(request, "UpdateOptions");
  checkNamespace(object, key.namespace);
  const name = text(object.metadata.name);
  if (name === "") throw badRequest(`the name of the object (${key.name} based on URL) was undeterminable: name must be provided`);
  if (name !== key.name) throw nameMismatch(name, key.name);
  const placed: KubernetesObject = type.namespaced ? { ...object, metadata: { ...object.metadata, namespace: key.namespace } } : object;
  const isNew = api.find(key) === undefined;
  const updated = api.update(key, placed, { ...options, ...below(info.subresource) });
  await sendObject(response, format, { status: isNew ? 201 : 200, body: renderAnswer(request, updated), warnings });
}

/** Changes an object or one of its subresources; an apply may make it. */
export async function answerPatch(request: ApiRequest): Promise<void> {
  const { api, key, info, query, user, response, format } = request;
  const headers = request.request.headers;
  const kind = patchKinds.get((headers["content-type"] ?? "").split(";")[0]?.trim() ?? "");
  if (kind === undefined) throw new StatusError({ code: 415, reason: "UnsupportedMediaType", message: "415: Unsupported Media Type", details: {} });
  const { force, ...options } = parseWriteOptions(query, kind === "apply" ? "ApplyOptions" : "PatchOptions", headers["user-agent"] ?? "");
  const warnings: string[] = [];
  const write = { ...options, user, warn: (warning: string) => void (warnings.includes(warning) || warnings.push(warning)) };
  const patch = parsePatch(kind, (await readBody(request.request)).toString("utf8"), force);
  checkName(patch, key.name);
  const isNew = api.find(key) === undefined;
  if (isNew && kind === "apply") authorize(request, { ...info, verb: "create" });
  const patched = api.patch(key, patch, { ...write, ...below(info.subresource) });
  await sendObject(response, format, { status: isNew ? 201 : 200, body: renderAnswer(request, patched), warnings });
}

const patchKinds: ReadonlyMap<string, Patch["kind"]> = new Map([
  ["application/json-patch+json", "json"],
  ["application/merge-patch+json", "merge"],
  ["application/strategic-merge-patch+json", "strategic"],
  ["application/apply-patch+yaml", "apply"],
]);

const below = (subresource: string): { readonly subresource?: string } => (subresource === "" ? {} : { subresource });

function parsePatch(kind: Patch["kind"], body: string, force: boolean): Patch {
  const prefix = kind === "apply" ? "error decoding YAML: " : kind === "strategic" ? "" : "error decoding patch: ";
  const value = parsePatchText(kind, body, prefix);
  if (kind === "json") {
    if (Array.isArray(value) && value.every(isJsonObject)) return { kind, body: value };
    throw badRequest(`${prefix}json: cannot unmarshal ${goKind(value)} into Go value of type []handlers.jsonPatchOp`);
  }
  if (!isJsonObject(value)) {
    const why = `json: cannot unmarshal ${goKind(value)} into Go value of type map[string]interface {}`;
    throw badRequest(kind === "apply" ? `${prefix}error unmarshaling JSON: while decoding JSON: ${why}` : `${prefix}${why}`);
  }
  return kind === "apply" ? { kind, body: value, force } : { kind, body: value };
}

function parsePatchText(kind: Patch["kind"], body: string, prefix: string): Json {
  try {
    return kind === "apply" ? parseYaml(body) : parseJson(body).value;
  } catch (error) {
    const why = messageOf(error);
    throw badRequest(kind === "apply" ? `${prefix}error converting YAML to JSON: ${why}` : `${prefix}${why}`);
  }
}

function checkName(patch: Patch, name: string): void {
  if (patch.kind === "json") return;
  // An apply that doesn't say what it applies is refused for that, later.
  if (patch.kind === "apply" && text(patch.body["kind"]) === "") return;
  const metadata = patch.body["metadata"];
  const own = isJsonObject(metadata) ? text(metadata["name"]) : "";
  if (own !== "" && own !== name) throw nameMismatch(own, name);
}
