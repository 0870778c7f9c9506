import { text } from "node:stream/consumers";
import type { Cluster, FetchAnswer } from "../../core/cluster/cluster.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import { mayDo } from "../may-do.ts";

/** A log that was not given: HTTP status, and the words of the API server or kubelet. */
export type LogRefusal = { readonly kind: "refused"; readonly status: number; readonly message: string };

/** Reads why a log was not given; KnownError when it is the person who may not read it. */
export async function readRefusal(
  cluster: Cluster,
  answer: FetchAnswer,
  { namespace, pod, signal }: { readonly namespace: string; readonly pod: string; readonly signal: AbortSignal },
): Promise<LogRefusal> {
  const message = parseMessage((await text(answer.body)).slice(0, mostCharacters)) || `HTTP status ${answer.status}`;
  // A kubelet that does not let the API server in is told with the same status: only the API server says who is meant.
  if (answer.status === 401) await cluster.find({ apiVersion: "v1", kind: "Pod", namespace, name: pod }, signal);
  if (answer.status === 403 && !(await mayReadLogs(cluster, namespace, signal)))
    throw new KnownError("cluster-refused", `You may not get pods/log in namespace "${namespace}".`, {
      hint: `Ask for that permission; "kubectl auth can-i get pods/log --namespace ${namespace}" says whether you have it.`,
    });
  return { kind: "refused", status: answer.status, message };
}

const mostCharacters = 4000;

function parseMessage(body: string): string {
  try {
    const status: unknown = JSON.parse(body);
    return isJsonObject(status) && typeof status["message"] === "string" ? status["message"] : "";
  } catch {
    return body.startsWith("<") ? "" : body;
  }
}

async function mayReadLogs(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<boolean> {
  try {
    return await mayDo(cluster, { namespace, verb: "get", resource: "pods", subresource: "log" }, signal);
  } catch (error) {
    if (!isKnownError(error)) throw error;
    return false;
  }
}
