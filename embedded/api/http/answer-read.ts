import { buildScale } from "../registry/scale.ts";
import type { ApiRequest } from "./api-request.ts";
import { parseListOptions, parseRevision, refuseFuture } from "./parse-list-options.ts";
import { renderList, renderObject } from "./render-object.ts";
import { selectPage } from "./select-page.ts";
import { sendObject } from "./send.ts";

/** Sends one object. */
export async function answerGet(request: ApiRequest): Promise<void> {
  const { api, key, info, query, response, format } = request;
  refuseFuture(parseRevision(query.get("resourceVersion") ?? "", false), api.store.revision());
  const object = api.get(key);
  const body = info.subresource === "scale" ? buildScale(object) : renderObject(request, object);
  await sendObject(response, format, { status: 200, body });
}

/** Sends a list, or a page of it. */
export async function answerList(request: ApiRequest): Promise<void> {
  const { api, key, type, query, response, format } = request;
  const options = parseListOptions(query, false, api.store.revision());
  const page = selectPage(api.store, { type, namespace: key.namespace }, options);
  await sendObject(response, format, { status: 200, body: renderList(request, page) });
}
