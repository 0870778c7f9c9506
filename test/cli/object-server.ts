import type { ServerResponse } from "node:http";
import type { Cluster } from "../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { answerJson, startApiServer, type Received } from "../core/cluster/api-server.ts";

/** An API server that keeps objects by their path, as small as creation, replacement, deletion, reading and watching need; `refuse` answers for it where it returns a status. */
export type ObjectServer = {
  readonly cluster: Cluster;
  /** Paths of all objects, e.g. /api/v1/namespaces/a/configmaps/b. */
  readonly paths: () => readonly string[];
  readonly put: (path: string, object: KubernetesObject) => void;
  readonly remove: (path: string) => void;
  readonly received: readonly Received[];
};

/** `answer` comes first, and says whether it has answered. */
export async function startObjectServer(
  refuse: (request: Received) => number | undefined = () => undefined,
  answer: (request: Received, response: ServerResponse) => boolean = () => false,
): Promise<ObjectServer> {
  const objects = new Map<string, KubernetesObject>();
  const watchers = new Set<{ readonly path: string; readonly response: ServerResponse }>();
  let version = 1;
  const tell = (type: string, path: string, object: KubernetesObject): void => {
    for (const watcher of watchers) if (watcher.path === collectionOf(path)) watcher.response.write(`${JSON.stringify({ type, object })}\n`);
  };
  const put = (path: string, object: KubernetesObject): void => {
    const type = objects.has(path) ? "MODIFIED" : "ADDED";
    const uid = objects.get(path)?.metadata.uid ?? object.metadata.uid ?? `uid-${version}`;
    const stored = { ...object, metadata: { ...object.metadata, uid, resourceVersion: String(++version) } };
    objects.set(path, stored);
    tell(type, path, stored);
  };
  const remove = (path: string): void => {
    const object = objects.get(path);
    if (object === undefined) return;
    objects.delete(path);
    tell("DELETED", path, { ...object, metadata: { ...object.metadata, resourceVersion: String(++version) } });
  };
  const { cluster, received } = await startApiServer((request, response) => {
    const { method, query, body } = request;
    const path = decodeURIComponent(request.path);
    const status = refuse(request);
    if (status !== undefined) return answerStatus(response, status, "Forbidden");
    if (answer(request, response)) return undefined;
    if (method === "POST") {
      const object = JSON.parse(body) as KubernetesObject;
      const target = `${path}/${object.metadata.name}`;
      if (objects.has(target)) return answerStatus(response, 409, "AlreadyExists");
      put(target, object);
      return answerJson(response, objects.get(target), 201);
    }
    const object = objects.get(path);
    if (method === "PUT") {
      const next = JSON.parse(body) as KubernetesObject;
      if (object === undefined) return answerStatus(response, 404, "NotFound");
      if (next.metadata.resourceVersion !== object.metadata.resourceVersion) return answerStatus(response, 409, "Conflict");
      put(path, next);
      return answerJson(response, objects.get(path));
    }
    if (method === "DELETE") {
      const uid = (JSON.parse(body || "{}") as { readonly preconditions?: { readonly uid?: string } }).preconditions?.uid;
      if (object === undefined) return answerStatus(response, 404, "NotFound");
      if (uid !== undefined && uid !== object.metadata.uid) return answerStatus(response, 409, "Conflict");
      remove(path);
      return answerJson(response, object);
    }
    if (object !== undefined) return answerJson(response, object);
    if (isObjectPath(path)) return answerStatus(response, 404, "NotFound");
    if (query.get("watch") !== null) {
      const watcher = { path, response };
      watchers.add(watcher);
      response.on("close", () => watchers.delete(watcher));
      response.writeHead(200, { "content-type": "application/json" });
      return response.flushHeaders();
    }
    const items = [...objects].filter(([target]) => collectionOf(target) === path).map(([, item]) => item);
    return answerJson(response, { apiVersion: "v1", kind: "List", metadata: { resourceVersion: String(version) }, items });
  });
  return { cluster, received, put, remove, paths: () => [...objects.keys()].toSorted() };
}

const collectionOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** Below a plural name there is one more part. */
const isObjectPath = (path: string): boolean =>
  (path.split("/").length - (path.startsWith("/api/") ? 3 : 4)) % 2 === 0 && !/\/namespaces\/[^/]+\/[^/]+$/.test(path);

function answerStatus(response: ServerResponse, code: number, reason: string): void {
  answerJson(response, { apiVersion: "v1", kind: "Status", status: "Failure", reason, message: `refused with ${code}`, code }, code);
}
