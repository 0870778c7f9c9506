import type { RunReport } from "../../run-report.ts";
import { viewFindingRow } from "../view/view-finding.ts";
import { buildCard } from "./build-card.ts";
import { element, find, icon, isolated } from "./element.ts";

/** Puts the first findings with their whole cards on paper, where nothing can be opened; and takes them away again. */
export function prepareForPrint({ findings, findingCounts }: RunReport): void {
  const place = find("printed-findings");
  addEventListener("beforeprint", () => {
    const left = findings.length - printed + findingCounts.beyond;
    const cards = findings.slice(0, printed).map((finding) => {
      const { tone, status, severity, title, where } = viewFindingRow(finding);
      return element(
        "article",
        {},
        element("h3", {}, icon(tone), isolated(title)),
        element("p", { class: "where" }, `${status} · ${severity} · `, isolated(where)),
        buildCard(finding, "whole"),
      );
    });
    place.replaceChildren(...cards, ...(left > 0 ? [element("p", { class: "note" }, `${left} more findings are in the page and in the tarball.`)] : []));
  });
  addEventListener("afterprint", () => place.replaceChildren());
}

/** What fits into a stack that somebody reads. */
const printed = 200;
