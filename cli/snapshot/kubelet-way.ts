import type { SnapshotOptions } from "../../core/contract/snapshot-options.ts";
import { parseChoice } from "../run/options/values.ts";

export const kubeletWays = ["direct", "proxy"] as const;

/** How kubelets are to be asked, where the flag says it. */
export const parseKubeletWay = (flag: string, text: string | undefined): Pick<SnapshotOptions, "kubeletWay"> =>
  text === undefined ? {} : { kubeletWay: parseChoice(flag, text, kubeletWays) };
