import type { Cluster } from "../../core/cluster/cluster.ts";

/**
 * A pod's log: all of it, or as soon as `until` holds of what has come. Stops at 64 KiB. Throws an error with the server's
 * answer when it refuses.
 */
export async function readLog(cluster: Cluster, request: LogRequest): Promise<string> {
  const { namespace, pod, query, signal, until = () => false } = request;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;
  const { status, body } = await cluster.fetch({ path, query, signal });
  let text = "";
  body.setEncoding("utf8");
  for await (const chunk of body) {
    text += String(chunk);
    if (text.length > maxLength || (status === 200 && until(text))) break;
  }
  if (status !== 200) throw new Error(`the API server answered ${status} when asked for the log: ${text.slice(0, 500)}`);
  return text;
}

const maxLength = 64 * 1024;

type LogRequest = {
  readonly namespace: string;
  readonly pod: string;
  /** Of the log subresource, e.g. follow, tailLines. */
  readonly query: Record<string, string>;
  readonly signal: AbortSignal;
  readonly until?: (text: string) => boolean;
};
