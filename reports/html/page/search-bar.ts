import { groupDigits } from "../view/group-digits.ts";
import { element, find, icon, isolated } from "./element.ts";
import { groupings } from "./group-findings.ts";
import type { Navigation } from "./navigation.ts";
import type { PageState } from "./page-state.ts";
import { parseQuery, renderQuery, textKey } from "./parse-query.ts";

type Counted = { readonly found: number; readonly total: number; readonly beyond: number };

/** The search field with what it found, its conditions as chips that take themselves out, and the choice of a grouping. */
export function createSearchBar(navigation: Navigation): { readonly show: (state: PageState, counted: Counted) => void; readonly focus: () => void } {
  const [field, grouping] = [findInput("search"), findSelect("grouping")];
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const search = (): void => {
    clearTimeout(waiting);
    if (field.value !== navigation.state().query) navigation.go({ query: field.value, open: undefined }, "replace");
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, pause);
  });
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  grouping.addEventListener("change", () => navigation.go({ group: groupings.find((one) => one === grouping.value) ?? "none" }));
  find("clear-search").addEventListener("click", () => {
    navigation.go({ query: "", open: undefined });
    field.focus();
  });

  return {
    show({ query, group }, counted) {
      if (document.activeElement !== field || navigation.state().query === "") field.value = query;
      grouping.value = group;
      find("search-count").textContent = describeFound(query, counted);
      find("clear-search").hidden = query === "";
      renderChips(find("chips"), query, navigation);
    },
    focus() {
      field.focus();
      field.select();
    },
  };
}

function renderChips(place: HTMLElement, query: string, navigation: Navigation): void {
  const terms = parseQuery(query);
  const chips = terms.map(({ key, value, negated }) => {
    const word = `${negated ? "not " : ""}${key === textKey ? `“${value}”` : `${key} ${value}`}`;
    const chip = element("button", { type: "button", class: "chip", "aria-label": `Remove condition: ${word}` }, isolated(word), icon("close"));
    chip.addEventListener("click", () => {
      const rest = terms.filter((term) => term.key !== key || term.value !== value || term.negated !== negated);
      navigation.go({ query: renderQuery(rest), open: undefined });
      find("search").focus();
    });
    return element("li", {}, chip);
  });
  place.replaceChildren(...chips);
  place.hidden = chips.length === 0;
}

function describeFound(query: string, { found, total, beyond }: Counted): string {
  const more = beyond === 0 ? "" : `; ${groupDigits(beyond)} more are in the tarball`;
  return query === ""
    ? `${groupDigits(total)} ${total === 1 ? "finding" : "findings"}${more}`
    : `${groupDigits(found)} of ${groupDigits(total)} findings${more}`;
}

function findInput(id: string): HTMLInputElement {
  const found = find(id);
  if (!(found instanceof HTMLInputElement)) throw new Error(`#${id} is no field`);
  return found;
}

function findSelect(id: string): HTMLSelectElement {
  const found = find(id);
  if (!(found instanceof HTMLSelectElement)) throw new Error(`#${id} is no choice`);
  return found;
}

/** Milliseconds without a key after which is searched. */
const pause = 120;
