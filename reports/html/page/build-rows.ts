import { groupDigits } from "../view/group-digits.ts";
import { viewFindingRow } from "../view/view-finding.ts";
import { buildCard } from "./build-card.ts";
import { element, icon, isolated } from "./element.ts";
import type { ListRow } from "./group-findings.ts";
import type { Indexed } from "./index-findings.ts";

/** A row of the list of findings: a finding, open with its card or closed, or the title above a group. */
export function buildRow(row: ListRow, { isOpen, toggle }: { readonly isOpen: boolean; readonly toggle: () => void }): HTMLElement {
  const made = row.kind === "group" ? buildGroupRow(row) : buildFindingRow(row.of, isOpen);
  made.querySelector("button")?.addEventListener("click", toggle);
  return made;
}

function buildFindingRow({ finding }: Indexed, isOpen: boolean): HTMLElement {
  const { tone, status, severity, severityClass, title, where, anchor } = viewFindingRow(finding);
  const button = element(
    "button",
    { type: "button", class: "row", "aria-expanded": String(isOpen) },
    element("span", { class: `state ${tone}` }, icon(tone), element("span", { class: "word" }, status)),
    element("span", { class: "what" }, element("span", { class: "title" }, isolated(title)), element("span", { class: "where" }, isolated(where))),
    element("span", { class: `severity ${severityClass}` }, severity),
  );
  return element(
    "li",
    { class: isOpen ? "finding open" : "finding", "data-anchor": anchor },
    element("h3", {}, button),
    ...(isOpen ? [buildCard(finding)] : []),
  );
}

const buildGroupRow = ({ title, count, folded }: ListRow & { readonly kind: "group" }): HTMLElement =>
  element(
    "li",
    { class: "group" },
    element(
      "h3",
      {},
      element(
        "button",
        { type: "button", class: "row", "aria-expanded": String(!folded) },
        icon("fold"),
        element("span", { class: "title" }, isolated(title)),
        element("span", { class: "count" }, groupDigits(count)),
      ),
    ),
  );
