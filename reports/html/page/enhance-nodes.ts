import type { Matrix } from "../../../core/contract/report/matrix.ts";
import { firstRows, viewMatrixRows, type MatrixRow } from "../view/view-matrix.ts";
import { element, icon, isolated } from "./element.ts";

/** Gives the matrix of nodes a search by name and the rows that the template left out, a hundred with each press. */
export function enhanceNodes(matrix: Matrix): void {
  const [body, field, more, count] = ["node-rows", "node-search", "more-nodes", "node-count"].map((id) => document.getElementById(id));
  if (!body || !(field instanceof HTMLInputElement) || !more || !count) return;
  document.getElementById("node-beyond")?.remove();
  const rows = viewMatrixRows(matrix);
  let shown = firstRows;
  const show = (): void => {
    const wanted = field.value.trim().toLowerCase();
    const found = wanted === "" ? rows : rows.filter(({ names }) => names.some((name) => name.toLowerCase().includes(wanted)));
    body.replaceChildren(...found.slice(0, shown).map(buildRow));
    more.hidden = found.length <= shown;
    count.textContent = wanted === "" ? "" : `${found.length} of ${rows.length} rows`;
  };
  field.addEventListener("input", () => {
    shown = firstRows;
    show();
  });
  more.addEventListener("click", () => {
    shown += firstRows;
    show();
  });
  field.form?.addEventListener("submit", (event) => event.preventDefault());
  show();
}

const buildRow = ({ name, more, query, states }: MatrixRow): HTMLElement =>
  element(
    "tr",
    {},
    element("th", { scope: "row" }, element("a", { href: `#findings?q=${query}` }, isolated(name)), ...(more === 0 ? [] : [` and ${more} more`])),
    ...states.map(({ tone, word }) =>
      element("td", {}, element("span", { class: `state ${tone}` }, icon(tone), " ", element("span", { class: "word" }, isolated(word)))),
    ),
  );
