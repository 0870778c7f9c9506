import type { Cluster } from "../../cluster/cluster.ts";
import type { SnapshotOptions } from "../../contract/snapshot-options.ts";
import { field } from "../../kubernetes/field.ts";
import { parseJson } from "../parse-json.ts";
import type { SnapshotInput } from "../snapshot-input.ts";
import type { Asker } from "../requests/ask.ts";
import { kubeletFacts } from "./kubelet-facts.ts";

/** How kubelets can be asked. */
export type KubeletWays = {
  /** At their own port, for these of nodes' subresources; with a token, or as who asks here. */
  readonly direct: { readonly rights: readonly string[]; readonly token: string | undefined };
  /** Why not at their own port for the others. */
  readonly whyNotDirect: string;
  /** Through the API server. */
  readonly proxy: boolean;
  readonly whyNotProxy: string;
};

export type WaysInput = {
  readonly asker: Asker;
  readonly cluster: Pick<Cluster, "canShowItself">;
  readonly way: SnapshotOptions["kubeletWay"];
  /** See SnapshotInput. */
  readonly askToken: SnapshotInput["kubeletToken"];
  readonly signal: AbortSignal;
};

/** Asks the API server what is permitted. Whoever asks for himself and may use nodes/proxy uses nothing else; an account made for kubelets goes to them first. */
export async function findWays({ asker, cluster, way, askToken, signal }: WaysInput): Promise<KubeletWays> {
  const rights = kubeletFacts.map(({ right }) => right);
  const token = await askToken?.(signal);
  // Whoever brings a token of another account never shows its own.
  const isKnown = askToken ? token !== undefined : await cluster.canShowItself().catch(() => false);
  // Of what another account may do, the kubelets themselves tell.
  const allowed = isKnown && !askToken ? await keepAllowed(asker, rights) : rights;
  const mayProxy = way !== "direct" && (await keepAllowed(asker, ["proxy"])).length > 0;
  // Most nodes can't be reached from where people are, and no token of theirs need go to nodes.
  const isSpared = !askToken && mayProxy;
  return {
    direct: { rights: !isKnown || isSpared ? [] : allowed, token },
    whyNotDirect: !isKnown
      ? "these credentials can't be shown to them at their own port"
      : `${rights
          .filter((right) => !allowed.includes(right))
          .map((right) => `nodes/${right}`)
          .join(", ")} may not be read, which it takes at their own port`,
    proxy: mayProxy,
    whyNotProxy: way === "direct" ? "nodes/proxy is not to be used" : "nodes/proxy may not be read",
  };
}

async function keepAllowed(asker: Asker, subresources: readonly string[]): Promise<readonly string[]> {
  const answers = await Promise.all(subresources.map((subresource) => isAllowed(asker, subresource)));
  return subresources.filter((_, index) => answers[index]);
}

/** Where that can't be asked, the try will tell. */
async function isAllowed(asker: Asker, subresource: string): Promise<boolean> {
  const json = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes: { verb: "get", resource: "nodes", subresource } },
  };
  const path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  const answer = await asker.read({ path, json, isAnswer: (status) => status === 201 || status === 200 }).catch(() => undefined);
  return answer === undefined || field(parseJson(answer.body), "status", "allowed") === true;
}
