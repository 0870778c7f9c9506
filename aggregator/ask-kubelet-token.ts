import { text } from "node:stream/consumers";
import type { Cluster } from "../core/cluster/cluster.ts";
import { objectNames } from "../core/contract/names.ts";
import { field } from "../core/kubernetes/field.ts";
import { errorText } from "./error-text.ts";
import type { Log } from "./log.ts";

type Input = { readonly cluster: Cluster; readonly namespace: string; readonly log: Log; readonly signal: AbortSignal };

/** A token of an hour that can do no more than read kubelets; undefined where the run has no account for that, or it is refused, which the log tells. */
export async function askKubeletToken({ cluster, namespace, log, signal }: Input): Promise<string | undefined> {
  try {
    const { status, body } = await cluster.fetch({
      method: "POST",
      path: `/api/v1/namespaces/${namespace}/serviceaccounts/${objectNames.kubeletAccount}/token`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds: 3600 } }),
      signal,
    });
    const answer: unknown = JSON.parse(await text(body));
    const token = field(answer, "status", "token");
    if (typeof token === "string" && token !== "") return token;
    log.warn("kubelets are not asked at their own port", { status, error: String(field(answer, "message") ?? "no token") });
  } catch (error) {
    signal.throwIfAborted();
    log.warn("kubelets are not asked at their own port", { error: errorText(error) });
  }
  return undefined;
}
