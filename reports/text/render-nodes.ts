import type { Matrix } from "../../core/contract/report/matrix.ts";
import { renderLine } from "../visible-text.ts";
import type { TextLook } from "./look.ts";
import { wrapText } from "./wrap-text.ts";
import { cutText, textWidth } from "../../core/contract/text-width.ts";

/** What came from each node: those with trouble first, a line each, and in one line how many have none; no lines where no node was expected. */
export function renderNodes({ plugins, rows }: Matrix, look: TextLook): readonly string[] {
  const nodes = rows.reduce((sum, { count }) => sum + count, 0);
  if (nodes === 0) return [];
  const troubled = rows.filter(({ states }) => states.some(isTrouble));
  const shown = look.detail === "brief" ? troubled.slice(0, brief) : troubled;
  const width = Math.min(Math.floor(look.columns / 3), Math.max(...shown.map((row) => textWidth(nameOf(row)))));
  const lines = shown.flatMap((row) => renderRow(row, { plugins, width, look }));
  const good = nodes - troubled.reduce((sum, { count }) => sum + count, 0);
  const hidden = troubled.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  return [
    look.paint("heading", `Nodes (${nodes})`),
    ...lines,
    ...(hidden === 0 ? [] : [look.paint("quiet", `  … and ${hidden} more with something that failed, did not come or was left out`)]),
    ...(good === 0
      ? []
      : wrapText(describeGood(good, nodes), { columns: look.columns, indent: 4, lines: 2 }).map((line, index) =>
          index === 0 ? `  ${look.paint("good", "✓")}${line.slice(3)}` : line,
        )),
  ];
}

const brief = 20;

function describeGood(good: number, nodes: number): string {
  if (good === nodes) return nodes === 1 ? "Everything came from it, and nothing failed." : "Everything came from each of them, and nothing failed.";
  return `${good} ${good === 1 ? "other: everything came from it" : "others: everything came from them"}, and nothing failed.`;
}

type Row = Matrix["rows"][number];

const nameOf = ({ nodes, count }: Row): string =>
  `${nodes
    .slice(0, count > 3 ? 2 : 3)
    .map(renderLine)
    .join(", ")}${count > 3 ? ` and ${count - 2} more` : ""}`;

const isFine = (state: string): boolean => ["", "passed", "done"].includes(state) || !isKnownTrouble.has(state);
const isKnownTrouble = new Set(["failed", "timeout", "timed-out", "lost", "unknown", "skipped", "waiting", "scheduled", "pulling", "running", "uploading"]);
const isTrouble = (state: string): boolean => !isFine(state);

type Shown = { readonly plugins: readonly string[]; readonly width: number; readonly look: TextLook };

function renderRow(row: Row, { plugins, width, look }: Shown): readonly string[] {
  const troubled = row.states.flatMap((state, index) => (isTrouble(state) ? [`${signOf(state)} ${plugins[index] ?? ""} ${state}`] : []));
  const good = row.states.filter((state) => state !== "" && !isTrouble(state)).length;
  const text = [...troubled, ...(good === 0 ? [] : [`✓ ${good} other${good === 1 ? "" : "s"}`])].join(" · ");
  const name = cutText(nameOf(row), width);
  const [first = "", ...rest] = wrapText(text, { columns: look.columns, indent: 4 + width, lines: 3 });
  return [`  ${name}${first.slice(2 + textWidth(name))}`, ...rest];
}

const signOf = (state: string): string => (state === "skipped" ? "–" : ["failed", "timeout"].includes(state) ? "✗" : "◌");
