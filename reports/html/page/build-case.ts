import { describeFact } from "../../describe-fact.ts";
import { renderDuration } from "../../describe.ts";
import type { FailedItem, ReportCase } from "../../run-report.ts";
import { renderLine, renderLines, renderName } from "../../visible-text.ts";
import { resultWord } from "../view/state-words.ts";
import { element, icon, isolated } from "./element.ts";

/** A test of the tree: its state, name and time, and behind them what it said and found out. */
export function buildCase(one: ReportCase & Partial<Pick<FailedItem, "file">>, flaky: boolean): HTMLElement {
  const { tone, word } = resultWord(one.status);
  const line = [
    element("span", { class: `state ${tone}` }, icon(tone), element("span", { class: "off-screen" }, `${word}: `)),
    element("span", { class: "name" }, isolated(renderName(one.name) || "(no name)")),
    ...(flaky ? [element("span", { class: "mark" }, "flaky")] : []),
    ...(one.reason === undefined ? [] : [element("span", { class: "where" }, isolated(renderLine(one.reason)))]),
    element("span", { class: "time" }, one.seconds === undefined || one.status === "skipped" ? "" : renderDuration(one.seconds)),
  ];
  const inside = buildInside(one);
  return element(
    "li",
    {},
    inside.length === 0 ? element("p", { class: "line" }, ...line) : element("details", {}, element("summary", { class: "line" }, ...line), ...inside),
  );
}

function buildInside({ failure, output, facts = [], moreFacts, file, className }: ReportCase & Partial<Pick<FailedItem, "file">>): readonly HTMLElement[] {
  const pairs = facts.map(describeFact).map(({ label, line }) => element("div", {}, element("dt", {}, isolated(label)), element("dd", {}, isolated(line))));
  return [
    ...buildText("Failure", failure),
    ...buildText("Output", output),
    ...(pairs.length === 0 ? [] : [element("dl", { class: "facts" }, ...pairs)]),
    ...(moreFacts ? [element("p", { class: "note" }, "More are in the tarball.")] : []),
    ...(file === undefined ? [] : [element("p", { class: "note" }, "In the tarball: ", element("code", {}, isolated(renderLine(file))))]),
    ...(className === undefined || (failure === undefined && output === undefined)
      ? []
      : [element("p", { class: "note" }, "Class: ", isolated(renderLine(className)))]),
  ];
}

function buildText(label: string, text: string | undefined): readonly HTMLElement[] {
  if (text === undefined) return [];
  const shown = renderLines(text);
  return [
    element(
      "figure",
      { class: "evidence" },
      element("figcaption", {}, label),
      element("pre", { dir: "ltr", tabindex: 0, role: "group", "aria-label": label }, shown),
    ),
  ];
}
