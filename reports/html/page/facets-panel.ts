import { groupDigits } from "../view/group-digits.ts";
import { severityWords, statusWords } from "../view/state-words.ts";
import { countFacets, type Facet } from "./count-facets.ts";
import { element, isolated } from "./element.ts";
import type { Indexed } from "./index-findings.ts";

/** The facets of a search as lists of buttons that put a condition into it or take it out again. */
export function renderFacets(
  panel: HTMLElement,
  { findings, query, toggle }: { readonly findings: readonly Indexed[]; readonly query: string; readonly toggle: (key: string, value: string) => void },
): void {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["facet"] : undefined;
  const unfolded = new Set([...panel.querySelectorAll<HTMLElement>("[data-all]")].map((one) => one.dataset["all"]));
  const shown = countFacets(findings, query).filter(({ values }) => values.length > 0);
  panel.replaceChildren(...shown.map((facet) => buildFacet({ facet, toggle, all: unfolded.has(facet.key) })));
  // The list was made anew below the reader's hands.
  if (focused !== undefined) [...panel.querySelectorAll<HTMLElement>("[data-facet]")].find((one) => one.dataset["facet"] === focused)?.focus();
}

type Facets = { readonly facet: Facet; readonly toggle: (key: string, value: string) => void; readonly all: boolean };

function buildFacet({ facet, toggle, all }: Facets): HTMLElement {
  const { key, title, values } = facet;
  const shown = all ? values : values.filter(({ chosen }, index) => chosen || index < firstValues);
  const items = shown.map(({ value, count, chosen }) => {
    const button = element(
      "button",
      { type: "button", "aria-pressed": String(chosen), "data-facet": `${key}:${value}` },
      element("span", { class: "value" }, isolated(wordFor(key, value))),
      " ",
      element("span", { class: "count" }, groupDigits(count)),
    );
    button.addEventListener("click", () => toggle(key, value));
    return element("li", {}, button);
  });
  const group = element("fieldset", { class: "facet" }, element("legend", {}, title), element("ul", {}, ...items));
  if (all) group.dataset["all"] = key;
  if (shown.length < values.length) {
    const more = element("button", { type: "button", class: "more" }, `${values.length - shown.length} more`);
    more.addEventListener("click", () => group.replaceWith(buildFacet({ facet, toggle, all: true })));
    group.append(more);
  }
  return group;
}

function wordFor(key: string, value: string): string {
  const words: { readonly [value: string]: string } =
    key === "severity" ? severityWords : key === "status" ? Object.fromEntries(Object.entries(statusWords).map(([status, { word }]) => [status, word])) : {};
  return words[value] ?? value;
}

const firstValues = 8;
