import { KnownError } from "../../core/contract/known-error.ts";
import type { ResultState, RunStatus } from "../../core/contract/run-status.ts";
import { nameSome } from "../name-some.ts";
import { selectPlugins } from "./select-plugins.ts";

/** Which expected results are shown; all of them where nothing is named. */
export type RowFilter = {
  readonly plugins?: readonly string[] | undefined;
  readonly nodes?: readonly string[] | undefined;
  readonly states?: readonly ResultState[] | undefined;
};

/** A status with these expected results alone; its plugins and problems are those of the named plugins. KnownError "wrong-usage" for a node of which none is expected. */
export function selectRows(status: RunStatus, { plugins, nodes, states }: RowFilter): RunStatus {
  const known = new Set(status.results.map(({ node }) => node));
  const unknown = nodes?.filter((node) => !known.has(node)) ?? [];
  if (unknown.length > 0)
    throw new KnownError("wrong-usage", `--node: no result is expected of ${unknown.map((node) => JSON.stringify(node)).join(", ")}.`, {
      hint: `Results are expected of ${nameSome([...known]) || "no node yet"}.`,
    });
  const chosen = selectPlugins(status, plugins);
  const isChosen = ({ node, state }: RunStatus["results"][number]): boolean => (nodes?.includes(node) ?? true) && (states?.includes(state) ?? true);
  return { ...chosen, results: chosen.results.filter(isChosen) };
}
