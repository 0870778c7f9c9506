import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { text } from "../../../core/kubernetes/field.ts";
import { answerTokenRequest } from "../identity/answer-token-request.ts";
import type { WriteOptions } from "../registry/api.ts";
import { answerReview } from "../rights/answer-review.ts";
import { badRequest } from "../status-error.ts";
import type { ApiRequest } from "./api-request.ts";
import type { Expected } from "./parse-object.ts";
import { parseObject, refuse } from "./parse-object.ts";
import { parseWriteOptions } from "./parse-options.ts";
import { readBody } from "./read-body.ts";
import { renderAnswer } from "./render-object.ts";
import { sendObject } from "./send.ts";
import { findSubresource } from "./subresources.ts";

const reviews = ["authentication.k8s.io", "authorization.k8s.io"];

/** Creates an object, or asks for what is created below one: a token, an eviction, a binding; or for a review, which nothing keeps. */
export async function answerCreate(request: ApiRequest): Promise<void> {
  const { api, type, info, response, format } = request;
  const write = await readWrite(request, "CreateOptions");
  const object = place(request, write.object);
  if (info.subresource === "token") {
    const { namespace, name } = request.key;
    const answer = await answerTokenRequest({ ...request, namespace, name, object });
    return sendObject(response, format, { status: 201, body: answer, warnings: write.warnings });
  }
  if (reviews.includes(type.group)) {
    const answer = await answerReview({ ...request, namespace: request.key.namespace, object });
    return sendObject(response, format, { status: 201, body: answer, warnings: write.warnings });
  }
  const subresource = info.subresource === "" ? {} : { subresource: info.subresource };
  const created = api.create(type, object, { ...write.options, ...subresource });
  return sendObject(response, format, { status: 201, body: renderAnswer(request, created), warnings: write.warnings });
}

/** What a client sends to be written: the object, how, and the warnings that come up on the way. */
export type Write = { readonly object: KubernetesObject; readonly options: WriteOptions; readonly warnings: string[] };

/** Reads options and body of a create or an update. Rejects with StatusError: 400, 413, 415, 422. */
export async function readWrite(request: ApiRequest, kind: "CreateOptions" | "UpdateOptions"): Promise<Write> {
  const { api, type, info, user, query } = request;
  const headers = request.request.headers;
  const expected: Expected = findSubresource(type, info.subresource)?.kind ?? type;
  const { force: _force, ...options } = parseWriteOptions(query, kind, headers["user-agent"] ?? "");
  const body = await readBody(request.request);
  const { object, duplicates } = parseObject(body, { contentType: headers["content-type"] ?? "", expected, types: api.types });
  const warnings: string[] = [];
  const complaints = duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`);
  if (options.fieldValidation === "Strict" && complaints.length > 0) throw refuse(expected, `strict decoding error: ${complaints.join(", ")}`);
  if (options.fieldValidation === "Warn") warnings.push(...complaints);
  return { object, options: { ...options, user, warn: (warning) => void (warnings.includes(warning) || warnings.push(warning)) }, warnings };
}

/** The object where the path puts it. */
function place({ type, info, key }: ApiRequest, object: KubernetesObject): KubernetesObject {
  const { namespace: _namespace, ...metadata } = object.metadata;
  checkNamespace(object, key.namespace);
  const name = text(object.metadata.name);
  if (info.subresource !== "" && name !== "" && name !== key.name) throw badRequest(`name in URL does not match name in ${text(object["kind"])} object`);
  const named = info.subresource === "" ? metadata : { ...metadata, name: key.name };
  return { ...object, metadata: type.namespaced ? { ...named, namespace: key.namespace } : named };
}

/** Throws StatusError 400 for an object of another namespace than the path's. */
export function checkNamespace(object: KubernetesObject, namespace: string): void {
  const own = text(object.metadata.namespace);
  if (own === "" || namespace === "" || own === namespace) return;
  throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
}

export const nameMismatch = (own: string, name: string) => badRequest(`the name of the object (${own}) does not match the name on the URL (${name})`);
