import type { WaiverUse } from "../../../core/contract/report/waiver-use.ts";
import type { RunReport } from "../../run-report.ts";
import { renderLine } from "../../visible-text.ts";
import { viewFindingRow } from "./view-finding.ts";
import type { StateWord } from "./state-words.ts";

/** Findings that somebody has waived, those whose waiver has expired first; and of the waivers that were given those that waive nothing. */
export function viewWaivers({ findings, waivers = [] }: RunReport): {
  readonly items: readonly object[];
  readonly beyond: number;
  readonly idle: readonly object[];
} {
  const waived = findings.flatMap(({ waiver, ...finding }) => (waiver === undefined ? [] : [{ waiver, finding }]));
  const sorted = waived.toSorted((a, b) => Number(b.waiver.state === "expired") - Number(a.waiver.state === "expired"));
  return {
    items: sorted.slice(0, shown).map(({ waiver, finding }) => ({ ...viewFindingRow(finding), ...viewTerms(waiver) })),
    beyond: Math.max(0, sorted.length - shown),
    idle: waivers
      .filter(({ state, findings: fitting }) => state === "unused" || fitting === 0)
      .slice(0, shown)
      .map((waiver) => ({ ...viewTerms(waiver), target: renderLine(nameTarget(waiver)) })),
  };
}

const viewTerms = ({ owner, expires, reason, state }: Pick<WaiverUse, "owner" | "expires" | "reason" | "state">): object => ({
  state: stateWords[state],
  owner: renderLine(owner),
  expires: renderLine(expires),
  reason: renderLine(reason),
});

const stateWords: { readonly [S in WaiverUse["state"]]: StateWord & { readonly icon: string } } = {
  active: { tone: "none", icon: "waived", word: "Active" },
  expired: { tone: "bad", icon: "bad", word: "Expired" },
  unused: { tone: "warn", icon: "warn", word: "Unused" },
};

function nameTarget({ id, fingerprint, object }: WaiverUse): string {
  const selected = Object.entries(object ?? {}).map(([key, value]) => `${key} ${value}`);
  return [id, fingerprint, ...selected].filter((part) => part !== undefined).join(" · ");
}

const shown = 200;
