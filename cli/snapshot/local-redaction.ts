import type { Cluster } from "../../core/cluster/cluster.ts";
import type { Privacy } from "../../core/contract/privacy-levels.ts";
import { collectTallies, type Tallies } from "../../core/redaction/collect-tallies.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { createRunRedactor } from "../../core/redaction/run-redactor.ts";
import { readKnownNames } from "../../core/snapshot/read-known-names.ts";
import type { CommandContext } from "../command-context.ts";
import { openKey, type TokenKey } from "../redact/open-key.ts";
import type { SearchInput } from "./search-process.ts";

/** What is hidden in what is read from here, and what was; `keepKey` writes the key beside the tarball if any name has become a token. */
export type LocalRedaction = {
  readonly redactor: Redactor;
  readonly tallies: Tallies;
  readonly privacy: Privacy;
  readonly userRules: number;
  /** The same for another process. */
  readonly search: SearchInput;
  readonly keepKey: () => Promise<void>;
};

/** `rules` is the text of a file of the user's own; `path` is the tarball's. */
export type LocalRequest = { readonly privacy: Privacy; readonly rules?: string | undefined; readonly path: string };

/** The redaction of one tarball that is written here, with the key that lies beside it already or a new one; names of nodes and namespaces as far as they may be listed. */
export async function prepareLocalRedaction(context: CommandContext, cluster: Cluster, { privacy, rules, path }: LocalRequest): Promise<LocalRedaction> {
  const key: TokenKey | undefined = privacy === "off" ? undefined : await openKey(context, { path: `${path}.key`, isPreview: false });
  const knownNames = await readKnownNames(cluster, privacy, context.signal);
  const search: SearchInput = { redaction: { privacy, ...(rules !== undefined && { rules }) }, material: { key: key?.bytes, knownNames } };
  const redactor = createRunRedactor(search.redaction, search.material);
  if (redactor === undefined) throw new Error("There is redaction, and no redactor.");
  const keepKey = async (): Promise<void> => (redactor.identities?.isUsed() === true ? key?.keep() : undefined);
  return { redactor, tallies: collectTallies(), privacy, userRules: redactor.userRules?.ids.length ?? 0, search, keepKey };
}
