import type { Json, JsonObject } from "../contract/json.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import type { ApiRequest, Link } from "./api-call.ts";
import { callApi, callJson, notAnApiServer } from "./api-call.ts";
import { openExec, openForward } from "./channel-stream.ts";
import type { Cluster, DeleteOptions, ObjectRef } from "./cluster.ts";
import type { Connection } from "./connection.ts";
import { execCommand } from "./exec.ts";
import { clusterFailure } from "./failure.ts";
import { canShowItself, fetchKubelet } from "./fetch-kubelet.ts";
import { listPages } from "./list.ts";
import { parseObject } from "./parse-object.ts";
import { sendRequest } from "./request.ts";
import { collectionPath, objectPath, resourcePath } from "./resource-path.ts";
import { watchObjects } from "./watch.ts";

/** The verbs of Cluster over a connection, with other time-outs where they are wanted; nothing is sent yet. */
export function openCluster(connection: Connection, wanted: Partial<Link["timing"]> = {}): Cluster {
  const timing = { ...defaultTiming, ...wanted };
  const link: Link = { connection, timing };
  return {
    server: connection.server,
    namespace: connection.namespace,
    get: (ref, signal) => getObject(link, ref, signal),
    find: (ref, signal) => findObject(link, ref, signal),
    async *list(query) {
      for await (const { objects } of listPages(link, query)) if (objects.length > 0) yield objects;
    },
    watch: (query) => watchObjects(link, query),
    create: (object, { dryRun = false, signal } = {}) =>
      sendObject(link, object, {
        verb: "create",
        method: "POST",
        resource: collectionPath(object),
        query: { ...manager, ...(dryRun && { dryRun: "All" }) },
        json: object,
        signal,
      }),
    apply: (object, signal) =>
      sendObject(link, object, {
        verb: "patch",
        method: "PATCH",
        resource: objectPath(object),
        query: { ...manager, force: "true" },
        json: object,
        contentType: "application/apply-patch+yaml",
        signal,
      }),
    patch: (ref, patch, { subresource, signal } = {}) =>
      sendObject(link, ref, {
        verb: "patch",
        method: "PATCH",
        resource: resourcePath({ ...ref, ...(subresource !== undefined && { subresource }) }),
        query: manager,
        json: patch,
        contentType: "application/merge-patch+json",
        signal,
      }),
    replace: (object, signal) =>
      sendObject(link, object, { verb: "update", method: "PUT", resource: objectPath(object), query: manager, json: object, signal }),
    delete: (ref, options = {}) => deleteObject(link, ref, options),
    fetch: (request) => sendRequest(connection, request, timing),
    fetchKubelet: (place, request) => fetchKubelet(connection, place, request),
    canShowItself: () => canShowItself(connection),
    exec: (request) => execCommand(link, request),
    openExec: (request) => openExec(link, request),
    openForward: (request) => openForward(link, request),
  };
}

/** Milliseconds. */
const defaultTiming: Link["timing"] = { connect: 10_000, idle: 60_000, backOff: 500 };

const manager = { fieldManager: "asdic" };

const getObject = (link: Link, ref: ObjectRef, signal: AbortSignal | undefined): Promise<KubernetesObject> =>
  sendObject(link, ref, { verb: "get", method: "GET", resource: resourcePath(ref), signal });

async function findObject(link: Link, ref: ObjectRef, signal: AbortSignal | undefined): Promise<KubernetesObject | undefined> {
  try {
    return await getObject(link, ref, signal);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function deleteObject(link: Link, ref: ObjectRef, options: DeleteOptions): Promise<boolean> {
  const { gracePeriodSeconds, propagation, uid, signal } = options;
  const json: JsonObject = {
    apiVersion: "v1",
    kind: "DeleteOptions",
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(propagation !== undefined && { propagationPolicy: propagation }),
    ...(uid !== undefined && { preconditions: { uid } }),
  };
  try {
    (await callApi(link, { verb: "delete", method: "DELETE", resource: resourcePath(ref), json, signal })).resume();
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    // A conflict may have other reasons than another uid, so look.
    if (clusterFailure(error)?.status === 409 && uid !== undefined && (await findObject(link, ref, signal))?.metadata.uid !== uid) return false;
    throw error;
  }
}

async function sendObject(link: Link, type: { readonly apiVersion?: string; readonly kind?: string }, request: ApiRequest): Promise<KubernetesObject> {
  const answer: Json = await callJson(link, request);
  const object = parseObject(answer, { apiVersion: type.apiVersion ?? "", kind: type.kind ?? "" });
  if (!object) throw notAnApiServer(link.connection);
  return object;
}

/** Whether the server says that there is no such object; a 404 without a reason comes from something else, or of a kind that is not served. */
const isGone = (error: unknown): boolean => clusterFailure(error)?.reason === "NotFound";
