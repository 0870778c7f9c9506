import type { RunReport } from "../../run-report.ts";
import { renderLine } from "../../visible-text.ts";
import { groupDigits } from "../view/group-digits.ts";
import { resultWord } from "../view/state-words.ts";
import { flakyNames } from "../view/view-tests.ts";
import { buildCase } from "./build-case.ts";
import { element, find, icon, isolated } from "./element.ts";
import { buildTree, type Branch, type CaseFilter } from "./suite-tree.ts";

/** The tree of results; it is made when it is first shown, and of a branch only what is open. */
export function createTestsView({ plugins }: RunReport): { readonly show: () => void } {
  const field = find("test-search");
  const flaky = new Set(plugins.flatMap((plugin) => [...flakyNames(plugin)]));
  let shown = false;
  const render = (): void => {
    const filter: CaseFilter = { which: chosen(), text: field instanceof HTMLInputElement ? field.value.trim() : "" };
    const trees = plugins.map((plugin) => buildTree(plugin, filter)).filter(({ found }) => found > 0);
    const count = trees.reduce((sum, { found }) => sum + found, 0);
    const noun = filter.which === "failed" ? "failed" : filter.which === "ran" ? "ran" : "in all";
    find("test-count").textContent =
      count === 0 ? `No test ${filter.which === "failed" ? "failed" : "is like that"}.` : `${groupDigits(count)} ${count === 1 ? "test" : "tests"} ${noun}`;
    find("test-tree").replaceChildren(...trees.map((tree) => buildBranch({ branch: tree, open: count <= openCases, flaky })));
  };
  const choices = document.querySelectorAll<HTMLInputElement>('input[name="tests"]');
  const chosen = (): CaseFilter["which"] => ([...choices].find(({ checked }) => checked)?.value ?? "failed") as CaseFilter["which"];
  for (const choice of choices) choice.addEventListener("change", render);
  // Where nothing failed, what passed is worth more than an empty list.
  if (plugins.every(({ failed }) => failed.length === 0)) for (const choice of choices) choice.checked = choice.value === "ran";
  field.addEventListener("input", render);
  field.closest("form")?.addEventListener("submit", (event) => event.preventDefault());
  return {
    show() {
      if (!shown) render();
      shown = true;
    },
  };
}

type Shown = { readonly branch: Branch; readonly open: boolean; readonly flaky: ReadonlySet<string> };

function buildBranch({ branch, open, flaky }: Shown): HTMLElement {
  const { title, found, failed } = branch;
  const state = resultWord(failed > 0 ? "failed" : "passed");
  const summary = element(
    "summary",
    {},
    element("span", { class: `state ${state.tone}` }, icon(state.tone), element("span", { class: "off-screen" }, `${state.word}: `)),
    isolated(title.split(" › ").map(renderLine).join(" › ")),
    element(
      "span",
      { class: "count" },
      failed > 0 && failed < found
        ? `${groupDigits(failed)} of ${groupDigits(found)} failed`
        : failed > 0
          ? `${groupDigits(failed)} failed`
          : groupDigits(found),
    ),
  );
  const details = element("details", { class: "branch" }, summary);
  const fill = (): void => {
    if (details.childElementCount > 1) return;
    details.append(
      element("div", { class: "inside" }, ...branch.branches.map((below) => buildBranch({ branch: below, open, flaky })), ...buildCases(branch, flaky)),
    );
  };
  details.addEventListener("toggle", () => details.open && fill());
  if (open) fill();
  details.open = open;
  return details;
}

/** A suite may hold thousands; they come by the hundred. */
function buildCases({ cases }: Branch, flaky: ReadonlySet<string>): readonly HTMLElement[] {
  if (cases.length === 0) return [];
  const list = element("ul", { class: "cases" });
  const more = element("button", { type: "button", class: "more" });
  const add = (): void => {
    const from = list.childElementCount;
    list.append(...cases.slice(from, from + atOnce).map((one) => buildCase(one, flaky.has(one.name))));
    const left = cases.length - list.childElementCount;
    more.textContent = `Show ${Math.min(atOnce, left)} of ${left} more`;
    more.hidden = left === 0;
  };
  more.addEventListener("click", add);
  add();
  return [list, more];
}

/** Cases of the whole tree that are seen without a click. */
const openCases = 60;
const atOnce = 100;
