import type { Finding } from "../../../core/contract/report/finding.ts";
import { viewFinding, type FindingView } from "../view/view-finding.ts";
import { buildCopyButton } from "./copy-text.ts";
import { element, icon, isolated } from "./element.ts";

/** All that a report says of a finding: what, why it matters, the evidence, what to do, where it is from and how to waive it. */
export function buildCard(finding: Finding, extent: Extent = "beginnings"): HTMLElement {
  const view = viewFinding(finding);
  return element(
    "div",
    { class: "card" },
    element("p", { class: "why" }, isolated(view.why)),
    ...(view.waiver === "" ? [] : [element("p", { class: "waived" }, icon("waived"), isolated(view.waiver))]),
    ...(view.missing === "" ? [] : [element("p", { class: "missing" }, icon("open"), isolated(view.missing))]),
    ...buildRemedy(view),
    ...(view.role === "" ? [] : [buildSnippet("Rights with which it could be evaluated", view.role)]),
    ...view.evidence.map((part) => buildEvidence(part, extent)),
    buildFacts(view),
    element("details", { class: "waive" }, element("summary", {}, "Waive it"), buildSnippet("Entry for a file of waivers", view.waiverEntry)),
    element(
      "p",
      { class: "actions" },
      buildCopyButton("Copy link", () => location.href.replace(/#.*$/s, `#${view.anchor}`)),
    ),
  );
}

/** Whether long evidence is shown whole at once, or its beginning. */
type Extent = "beginnings" | "whole";

function buildRemedy({ hasRemedy, remedy, command }: FindingView): readonly HTMLElement[] {
  if (!hasRemedy) return [];
  const passages = remedy.map(({ text, isCode }) => (isCode ? element("code", {}, isolated(text)) : isolated(text)));
  const text = passages.length === 0 ? [] : [element("p", {}, ...passages)];
  return [
    element("div", { class: "remedy" }, element("p", { class: "label" }, "What to do"), ...text, ...(command === "" ? [] : [buildSnippet("Command", command)])),
  ];
}

/** Something to take along, with a button that does. */
function buildSnippet(label: string, text: string): HTMLElement {
  return element(
    "figure",
    { class: "snippet" },
    element(
      "figcaption",
      {},
      label,
      buildCopyButton("Copy", () => text),
    ),
    element("pre", { dir: "ltr", tabindex: 0, role: "group", "aria-label": label }, text),
  );
}

/** A long part shows its first lines; the rest is a click away. */
function buildEvidence({ label, lines }: FindingView["evidence"][number], extent: Extent): HTMLElement {
  const text = lines.join("\n");
  const all = text.split("\n");
  const head = extent === "whole" ? text : all.slice(0, firstLines).join("\n").slice(0, firstCharacters);
  const pre = element("pre", { dir: "ltr", tabindex: 0, role: "group", "aria-label": label }, head);
  const figure = element("figure", { class: "evidence" }, element("figcaption", {}, isolated(label)), pre);
  if (head.length === text.length) return figure;
  const more = element("button", { type: "button", class: "more" }, `Show all ${all.length} lines`);
  more.addEventListener("click", () => {
    pre.textContent = text;
    pre.focus();
    more.remove();
  });
  figure.append(more);
  return figure;
}

function buildFacts({ facts, references, file }: FindingView): HTMLElement {
  const links = references.map(({ label, href }) =>
    href === "" ? isolated(label) : element("a", { href, rel: "noreferrer noopener", target: "_blank" }, isolated(label)),
  );
  return element(
    "dl",
    { class: "facts" },
    ...facts.map(({ label, line }) => buildPair("", label, [isolated(line)])),
    ...(links.length === 0 ? [] : [buildPair("wide", "References", links)]),
    ...(file === "" ? [] : [buildPair("wide", "In the tarball", [element("code", {}, isolated(file))])]),
  );
}

const buildPair = (style: string, label: string, values: readonly HTMLElement[]): HTMLElement =>
  element("div", { class: style === "" ? undefined : style }, element("dt", {}, label), ...values.map((value) => element("dd", {}, value)));

const [firstLines, firstCharacters] = [14, 4000];
