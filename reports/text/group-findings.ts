import type { Finding } from "../../core/contract/report/finding.ts";

/** Findings of the same check in a plugin that say the same of several nodes or objects; at least one. */
export type FindingGroup = { readonly first: Finding; readonly all: readonly Finding[] };

/** Findings by check and plugin, in the order of the first of each. */
export const groupFindings = (findings: readonly Finding[]): readonly FindingGroup[] =>
  [...Map.groupBy(findings, ({ id, plugin }) => JSON.stringify([id, plugin])).values()].flatMap((all) =>
    all[0] === undefined ? [] : [{ first: all[0], all }],
  );
