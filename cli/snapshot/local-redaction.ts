import type { Cluster } from "../../core/cluster/cluster.ts";
import { listNodeNames } from "../../core/cluster/list-node-names.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import type { Privacy } from "../../core/contract/privacy-levels.ts";
import { collectTallies, type Tallies } from "../../core/redaction/collect-tallies.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { createRunRedactor } from "../../core/redaction/run-redactor.ts";
import type { CommandContext } from "../command-context.ts";
import { openKey, type TokenKey } from "../redact/open-key.ts";

/** What is hidden in what is read from here, and what was; `keepKey` writes the key beside the tarball if any name has become a token. */
export type LocalRedaction = {
  readonly redactor: Redactor;
  readonly tallies: Tallies;
  readonly privacy: Privacy;
  readonly userRules: number;
  readonly keepKey: () => Promise<void>;
};

/** `rules` is the text of a file of the user's own; `path` is the tarball's. */
export type LocalRequest = { readonly privacy: Privacy; readonly rules?: string | undefined; readonly path: string };

/** The redaction of one tarball that is written here, with the key that lies beside it already or a new one; names of nodes as far as they may be listed. */
export async function prepareLocalRedaction(context: CommandContext, cluster: Cluster, { privacy, rules, path }: LocalRequest): Promise<LocalRedaction> {
  const key: TokenKey | undefined = privacy === "off" ? undefined : await openKey(context, { path: `${path}.key`, isPreview: false });
  const knownNames = key === undefined ? [] : await listKnownNames(cluster, context.signal);
  const redactor = createRunRedactor({ privacy, ...(rules !== undefined && { rules }) }, { key: key?.bytes, knownNames });
  if (redactor === undefined) throw new Error("There is redaction, and no redactor.");
  const keepKey = async (): Promise<void> => (redactor.identities?.isUsed() === true ? key?.keep() : undefined);
  return { redactor, tallies: collectTallies(), privacy, userRules: redactor.userRules?.ids.length ?? 0, keepKey };
}

async function listKnownNames(cluster: Cluster, signal: AbortSignal): Promise<readonly string[]> {
  try {
    return await listNodeNames(cluster, signal);
  } catch (error) {
    signal.throwIfAborted();
    // Whoever may not list nodes finds their names in pods only, where fields say what they are.
    if (!isKnownError(error)) throw error;
    return [];
  }
}
