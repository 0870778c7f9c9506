import type { RunReport } from "../../run-report.ts";
import { buildRow } from "./build-rows.ts";
import { find } from "./element.ts";
import { renderFacets } from "./facets-panel.ts";
import { groupFindings, type ListRow } from "./group-findings.ts";
import { indexFindings, type Indexed } from "./index-findings.ts";
import { matchFindings } from "./match-findings.ts";
import type { Navigation } from "./navigation.ts";
import type { PageState } from "./page-state.ts";
import { toggleTerm } from "./parse-query.ts";
import { createSearchBar } from "./search-bar.ts";
import { createVirtualList } from "./virtual-list.ts";

/** The view of the findings: search, facets, groups and the list; `show` brings it to a state, `step` moves the focus by rows. */
export type FindingsView = {
  readonly show: (state: PageState, before: PageState | undefined) => void;
  readonly step: (by: 1 | -1) => void;
  readonly search: () => void;
};

/** Makes the view of a report's findings in the page's own markup. */
export function createFindingsView(report: RunReport, navigation: Navigation): FindingsView {
  const findings = indexFindings(report.findings);
  let found: readonly Indexed[] = findings;
  let rows: readonly ListRow[] = [];
  let searched: string | undefined;
  const folded = new Set<string>();
  const element = find("finding-list");
  const list = createVirtualList(element, (index) => {
    const row = rows[index];
    if (row === undefined) throw new Error(`there is no row ${index}`);
    return buildRow(row, { isOpen: isOpen(row, navigation.state().open), toggle: () => toggle(row, index) });
  });

  const toggle = (row: ListRow, index: number): void => {
    if (row.kind === "finding") {
      const { fingerprint } = row.of.finding;
      navigation.go({ open: navigation.state().open === fingerprint ? undefined : fingerprint });
    } else {
      if (!folded.delete(row.key)) folded.add(row.key);
      render(navigation.state());
    }
    list.reveal(index, true);
  };
  const toggleValue = (key: string, value: string): void => navigation.go({ query: toggleTerm(navigation.state().query, { key, value }), open: undefined });
  const bar = createSearchBar(navigation);

  const render = (state: PageState): void => {
    if (searched !== state.query) {
      found = matchFindings(findings, state.query);
      renderFacets(find("facets"), { findings, query: state.query, toggle: toggleValue });
      searched = state.query;
    }
    rows = groupFindings(found, { by: state.group, folded });
    bar.show(state, { found: found.length, total: findings.length, beyond: report.findingCounts.beyond });
    find("finding-none").hidden = found.length > 0;
    list.show({ count: rows.length, opened: rows.findIndex((row) => isOpen(row, state.open)) });
  };

  foldFacets();

  return {
    show(state, before) {
      // A link to a finding shows it, whatever was searched for before.
      const isHidden =
        state.open !== undefined && state.open !== before?.open && !matchFindings(findings, state.query).some((one) => one.finding.fingerprint === state.open);
      if (isHidden && state.query !== "" && findings.some((one) => one.finding.fingerprint === state.open)) return navigation.go({ query: "" }, "replace");
      render(state);
      const at = rows.findIndex((row) => isOpen(row, state.open));
      if (at >= 0 && (before === undefined || before.view !== "findings" || before.open !== state.open)) list.reveal(at);
    },
    step(by) {
      const at = Number(document.activeElement?.closest<HTMLElement>("#finding-list > li")?.dataset["index"] ?? (by === 1 ? -1 : 0));
      list.reveal(Math.max(0, Math.min(rows.length - 1, at + by)), true);
    },
    search: bar.focus,
  };
}

const isOpen = (row: ListRow, open: string | undefined): boolean => row.kind === "finding" && row.of.finding.fingerprint === open;

/** On a narrow page the facets would push the list out of sight. */
function foldFacets(): void {
  const narrow = matchMedia("(width <= 48rem)");
  const fold = (): void => void find("facets-fold").toggleAttribute("open", !narrow.matches);
  narrow.addEventListener("change", fold);
  fold();
}
