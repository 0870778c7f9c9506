import type { Cluster } from "../core/cluster/cluster.ts";
import type { RequestTrace } from "../core/cluster/connection.ts";
import { KnownError } from "../core/contract/known-error.ts";
import type { CommandContext } from "./command-context.ts";
import { parseDuration } from "./run/duration.ts";
import { fitText } from "./terminal/safe-text.ts";

export type ClusterFlags = { readonly kubeconfig?: string | undefined; readonly context?: string | undefined };

/**
 * The cluster that the flags and the environment name; the Kubernetes client is loaded only now, and from now on the output hides secrets, because servers and
 * webhooks quote what they were sent. KnownError as core/cluster/connect.ts.
 */
export async function connectCluster(
  { environment, output, globalFlags, startHiding }: CommandContext,
  { kubeconfig, context }: ClusterFlags,
): Promise<Cluster> {
  const { cluster, user, as, asGroup, requestTimeout, verbose } = globalFlags?.() ?? {};
  if (asGroup !== undefined && as === undefined)
    throw new KnownError("wrong-usage", "--as-group needs --as: groups belong to a user.", { hint: "Name the user too, e.g. --as jane --as-group admins." });
  if (as === "") throw new KnownError("wrong-usage", '--as "": is no name of a user.', { hint: "Name the user, or leave --as out to act as yourself." });
  const requestTimeoutSeconds = requestTimeout === undefined || requestTimeout === "0" ? undefined : parseDuration("--request-timeout", requestTimeout);
  const onRequest = verbose === true ? (trace: RequestTrace) => output.err(`${renderTrace(trace)}\n`) : undefined;
  const [{ connect }] = await Promise.all([import("../core/cluster/connect.ts"), startHiding?.()]);
  return connect({ environment, kubeconfig, context, cluster, user, as, asGroups: asGroup, requestTimeoutSeconds, onRequest });
}

/** `GET /api/v1/nodes?limit=500 200 12 ms`, safe for a terminal. */
const renderTrace = ({ method, path, outcome, milliseconds }: RequestTrace): string => fitText(`${method} ${path} ${outcome} ${Math.round(milliseconds)} ms`);
