import type { Matrix } from "../../../core/contract/report/matrix.ts";
import { renderLine } from "../../visible-text.ts";
import { groupDigits } from "./group-digits.ts";
import { resultWord, type StateWord } from "./state-words.ts";

/** A row of the matrix in words; a row that stands for several nodes names the first. */
export type MatrixRow = {
  readonly name: string;
  readonly names: readonly string[];
  readonly more: number;
  readonly query: string;
  readonly states: readonly StateWord[];
};

/** All rows of nodes × plugins, those with something wrong first; the script of the page takes them where the template stops. */
export function viewMatrixRows({ rows }: Matrix): readonly MatrixRow[] {
  const words = rows.map(({ nodes, count, states }) => ({ nodes, count, states: states.map(resultWord) }));
  return words
    .toSorted((a, b) => rank(a.states) - rank(b.states))
    .map(({ nodes, count, states }) => ({
      names: nodes,
      name: nodes.slice(0, 3).map(renderLine).join(", "),
      more: Math.max(0, count - Math.min(3, nodes.length)),
      query: encodeURIComponent(
        nodes
          .slice(0, 20)
          .map((node) => `node:${JSON.stringify(node)}`)
          .join(" "),
      ),
      states,
    }));
}

/** The first rows with the columns' titles, how many there are beyond, and a sentence that says what the matrix shows. */
export function viewMatrix(matrix: Matrix): object {
  const rows = viewMatrixRows(matrix);
  const nodes = matrix.rows.reduce((sum, { count }) => sum + count, 0);
  const troubled = matrix.rows.filter(({ states }) => states.map(resultWord).some(isTrouble)).reduce((sum, { count }) => sum + count, 0);
  return {
    plugins: matrix.plugins.map(renderLine),
    rows: rows.slice(0, firstRows),
    beyond: Math.max(0, rows.length - firstRows),
    nodes: groupDigits(nodes),
    sentence: nodes === 0 ? "No node was expected to give a result." : describe({ nodes, troubled, plugins: matrix.plugins.length }),
  };
}

/** Rows that the template shows; as many more come with each press of a button. */
export const firstRows = 100;

const isTrouble = ({ tone }: StateWord): boolean => tone === "bad" || tone === "open";
const rank = (states: readonly StateWord[]): number =>
  states.some(({ tone }) => tone === "open") ? 0 : states.some(({ tone }) => tone === "bad") ? 1 : states.some(({ tone }) => tone === "warn") ? 2 : 3;

function describe({ nodes, troubled, plugins }: { readonly nodes: number; readonly troubled: number; readonly plugins: number }): string {
  const of = `${groupDigits(nodes)} ${nodes === 1 ? "node" : "nodes"}, ${plugins} ${plugins === 1 ? "plugin" : "plugins"}`;
  return troubled === 0 ? `${of}: nothing failed or is missing on any node.` : `${of}: something failed or is missing on ${groupDigits(troubled)}.`;
}
