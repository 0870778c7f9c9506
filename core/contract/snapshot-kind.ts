import * as z from "zod";

/** A kind of object that can be listed, as the API server's discovery names it; `group` is empty for the core group. meta/kinds.json holds all that a snapshot knew of. */
export const snapshotKindSchema = z.object({
  group: z.string(),
  version: z.string(),
  kind: z.string(),
  plural: z.string(),
  singular: z.string(),
  shortNames: z.array(z.string()),
  namespaced: z.boolean(),
});
export type SnapshotKind = z.infer<typeof snapshotKindSchema>;

/** The name of a kind's files, Sonobuoy's: `core_v1_pods`, `apps_v1_deployments`; no two kinds share one. */
export const snapshotFile = ({ group, version, plural }: SnapshotKind): string => `${group === "" ? "core" : group}_${version}_${plural}`;

/** As RBAC and kubectl name it: `pods`, `deployments.apps`. */
export const qualifiedPlural = ({ group, plural }: Pick<SnapshotKind, "group" | "plural">): string => (group === "" ? plural : `${plural}.${group}`);
