import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import { annotations } from "../../core/contract/names.ts";
import type { CommandContext } from "../command-context.ts";
import { connectCluster, type ClusterFlags } from "../connect-cluster.ts";
import { parseKubernetesVersion, type KubernetesVersionFlags } from "../run/options/kubernetes-version.ts";
import { readApi, type ServerFacts } from "../run/read-server.ts";
import { standardApi } from "./standard-api.ts";

/** What a manifest needs to know of a cluster. */
export type Facts = Pick<ServerFacts, "version" | "served"> & {
  /** Nothing was asked: a version was named, and what it serves is what Kubernetes does by itself. */
  readonly isAssumed: boolean;
  /** The namespace is there and no run made it, so that the manifest must not claim it. */
  readonly isNamespaceForeign: boolean;
};

/** The facts of the cluster that the flags name, or, if they name a version, of any cluster of it, without contacting one. */
export async function readFacts(context: CommandContext, flags: ClusterFlags & KubernetesVersionFlags, namespace: string): Promise<Facts> {
  const version = parseKubernetesVersion(flags);
  if (version !== "auto" && version !== "ignore") return { version, served: standardApi, isAssumed: true, isNamespaceForeign: false };
  try {
    const cluster = await connectCluster(context, flags);
    const [api, found] = await Promise.all([
      readApi(cluster, context.signal),
      cluster.find({ apiVersion: "v1", kind: "Namespace", name: namespace }, context.signal),
    ]);
    return { ...api, isAssumed: false, isNamespaceForeign: found !== undefined && found.metadata.annotations?.[annotations.madeBy] === undefined };
  } catch (error) {
    if (!isKnownError(error) || error.code === "interrupted") throw error;
    throw new KnownError(error.code, error.message, {
      hint: [error.hint, "Without a cluster: name the version for which the manifest is, e.g. --kubernetes-version v1.36.3."].filter(Boolean).join("\n"),
      cause: error,
    });
  }
}
