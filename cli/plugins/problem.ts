import { KnownError } from "../../core/contract/known-error.ts";
import { renderSafeText } from "../terminal/safe-text.ts";

/** Something wrong with a plugin that was named: where, as far as it is known, and what. `path` is the place in the document, e.g. spec.env.0.value. */
export type PluginProblem = {
  readonly source: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly path?: string;
  readonly message: string;
};

/** All problems of all plugins as one error, a line each: `file:line: path.in.document: message`. */
export function buildPluginsError(problems: readonly PluginProblem[], hint = "Nothing was created."): KnownError {
  return new KnownError(
    "invalid-plugin",
    `${problems.length === 1 ? "a plugin" : `${problems.length} things about the plugins`} can't be right.\n${problems.map(renderProblem).join("\n")}`,
    { hint },
  );
}

/** One problem on a line, whatever names are in it: `file:line: path.in.document: message`. */
export const renderProblem = ({ source, line, path, message }: PluginProblem): string =>
  renderSafeText([line === undefined ? source : `${source}:${line}`, ...(path ? [path] : []), message].join(": "));
