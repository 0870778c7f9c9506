import type { FieldSources } from "../environment/fields.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import type { Pod } from "../pods/pod.ts";
import type { TokenCache } from "./token-file.ts";

/** What setting up a pod's volumes needs to know. */
export type MountSources = {
  readonly context: KubeletContext;
  readonly pod: Pod;
  /** `/var/lib/kubelet/pods/<uid>/volumes` of the node. */
  readonly folder: string;
  readonly fields: FieldSources;
  readonly tokens: TokenCache;
  /** Whose files projected tokens are: the one user of all containers, if there is one. */
  readonly user: number | undefined;
  readonly fsGroup: number | undefined;
};
