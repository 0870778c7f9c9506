import type { JsonObject } from "../../../core/contract/json.ts";
import type { ApiRequest } from "./api-request.ts";
import { parseListOptions } from "./parse-list-options.ts";
import { parseDeleteOptions } from "./parse-options.ts";
import { readBody } from "./read-body.ts";
import { renderList, renderObject } from "./render-object.ts";
import { sendObject } from "./send.ts";

/** Deletes one object: answers with the object if it is still there or its kind does so always, else with a Status. */
export async function answerDelete(request: ApiRequest): Promise<void> {
  const { api, key, type, response, format, user } = request;
  const { accepted, ...options } = await readOptions(request);
  const { object, gone } = api.delete(key, { ...options, user });
  if (!gone || returned.has(`${type.group}/${type.kind}`)) {
    return sendObject(response, format, { status: !gone && accepted ? 202 : 200, body: renderObject(request, object) });
  }
  const details: JsonObject = { name: key.name, ...(type.group === "" ? {} : { group: type.group }), kind: type.plural, uid: object.metadata.uid };
  return sendObject(response, format, { status: 200, body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details } });
}

/** Deletes what a selection chooses, and answers with the list of it. */
export async function answerDeleteCollection(request: ApiRequest): Promise<void> {
  const { api, key, type, query, response, format, user } = request;
  const { labelSelector, fieldSelector } = parseListOptions(query, false, api.store.revision());
  const { accepted: _accepted, ...options } = await readOptions(request);
  const items = api.deleteCollection(type, { ...options, user, namespace: key.namespace, labelSelector, fieldSelector });
  const metadata = { resourceVersion: String(api.store.revision()) };
  await sendObject(response, format, { status: 200, body: renderList(request, { metadata, items }) });
}

const readOptions = async ({ query, request }: ApiRequest): Promise<ReturnType<typeof parseDeleteOptions>> =>
  parseDeleteOptions(query, await readBody(request), request.headers["content-type"] ?? "");

/** Kinds whose registry has ReturnDeletedObject. */
const returned: ReadonlySet<string> = new Set(
  (
    "/Pod /PersistentVolume /PersistentVolumeClaim /PodTemplate /ResourceQuota /Service /ServiceAccount " +
    "storage.k8s.io/CSIDriver storage.k8s.io/CSINode storage.k8s.io/CSIStorageCapacity storage.k8s.io/StorageClass " +
    "storage.k8s.io/VolumeAttachment storage.k8s.io/VolumeAttributesClass"
  ).split(" "),
);
