import { globalNode } from "../../core/contract/names.ts";
import type { RunReport } from "../run-report.ts";
import type { Standing } from "./standings.ts";

/** Why something is not in a run. */
export type Absence = { readonly code: string; readonly message: string };

/** Answers what a run has of plugins and nodes. */
export type Presence = {
  /** Whether a plugin's result from a node, or its only one, came. */
  readonly came: (plugin: string, node: string | undefined) => boolean;
  /** Why a test or check that another run has is not in this one. */
  readonly explain: (standing: Standing) => Absence;
};

/** What is known of `report` when it is compared with `other`. */
export function readPresence(report: RunReport, other: RunReport): Presence {
  const place = (plugin: string, node = globalNode): string => JSON.stringify([plugin, node]);
  const came = new Set(
    report.plugins.flatMap(({ name, suites }) => suites.filter(({ cases }) => cases.some(({ kind }) => kind === "test")).map(({ node }) => place(name, node))),
  );
  const missing = new Map(
    report.plugins.flatMap(({ name, problems, notEvaluated }) =>
      [...problems, ...notEvaluated].map(({ node, code, state }) => [place(name, node), code ?? state] as const),
    ),
  );
  const named = new Set(report.plugins.map(({ name }) => name));
  const version = describeOther(report, other);
  return {
    // Notes on a run as a whole are what one tool knows of itself.
    came: (plugin, node) => (plugin === "" ? report.run.tool.name === other.run.tool.name : came.has(place(plugin, node))),
    explain({ plugin, node }) {
      if (plugin !== "" && !named.has(plugin)) return { code: "plugin-missing", message: `${plugin} was not run.` };
      const code = missing.get(place(plugin, node));
      if (code !== undefined)
        return { code: "result-missing", message: `the result of ${plugin}${node === undefined ? "" : ` on ${node}`} did not come: ${code}.` };
      if (plugin !== "" && !came.has(place(plugin, node)) && node !== undefined) return { code: "node-missing", message: `${plugin} was not run on ${node}.` };
      return version === undefined
        ? { code: "not-in-both", message: "it is not there." }
        : { code: "other-version", message: `it is not there, with ${version}.` };
    },
  };
}

/** The versions of a run where they are others than those of the one that it is compared with. */
function describeOther(report: RunReport, other: RunReport): string | undefined {
  if (report.run.serverVersion !== other.run.serverVersion) return `Kubernetes ${report.run.serverVersion ?? "of an unknown version"}`;
  const tool = toolOf(report);
  return tool === toolOf(other) ? undefined : tool;
}

/** What made a tarball, with its version. */
export const toolOf = ({ run: { tool } }: RunReport): string => [tool.name, tool.version].filter((part) => part !== undefined).join(" ");
