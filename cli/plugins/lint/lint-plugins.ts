import { isJsonObject } from "../../../core/contract/json.ts";
import type { DocumentProblem } from "../../../core/contract/plugin-definition.ts";
import type { PluginProblem } from "../problem.ts";
import { readDocument, type Place } from "../read-document.ts";
import { checkPluginDocument } from "../read-plugin-file.ts";
import type { LintedPlugin, Severity } from "./lint-rule.ts";
import { lintRules } from "./rules.ts";

/** One thing found in a file; the place is left out where a file has none, as an empty one. */
export type Finding = {
  readonly code: string;
  readonly severity: Severity;
  readonly source: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** In the document, e.g. spec.env.0.name; empty for the whole. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
};

/** A file to look at: its text, or why it hasn't got one. */
export type LintSource = { readonly source: string; readonly text: string } | { readonly problems: readonly PluginProblem[] };

/** Everything that can be said about these files, file by file and by line. */
export function lintPlugins(sources: readonly LintSource[]): readonly Finding[] {
  const before: LintedPlugin[] = [];
  return sources.flatMap((source) => {
    if ("problems" in source) return source.problems.map(unreadable);
    const document = readDocument(source.text, source.source);
    if ("problems" in document) return document.problems.map(unreadable);
    const { definition, problems } = checkPluginDocument(document.value);
    const plugin = isJsonObject(document.value) ? { source: source.source, document: document.value, definition } : undefined;
    const found = [...(plugin === undefined ? [] : applyRules(plugin, before)), ...problems.map(invalidField)];
    if (plugin !== undefined) before.push(plugin);
    return dropDoubles(found)
      .map(({ path, ...rest }) => ({ ...rest, source: source.source, ...document.placeOf(path), path: path.join(".") }))
      .toSorted((one, other) => comparePlaces(one, other));
  });
}

type Found = DocumentProblem & Pick<Finding, "code" | "severity" | "remedy">;

const applyRules = (plugin: LintedPlugin, before: readonly LintedPlugin[]): readonly Found[] =>
  lintRules.flatMap(({ code, severity, find }) => find(plugin, before).map((finding) => ({ code, severity, ...finding })));

/** What the parser says, as `asdic run` would. */
const invalidField = ({ path, message }: DocumentProblem): Found => ({
  code: "invalid-field",
  severity: "error",
  path,
  message,
  remedy: "Correct it; `asdic plugins schema` says what each field takes.",
});

const unreadable = ({ source, line, column, message }: PluginProblem): Finding => ({
  code: "unreadable",
  severity: "error",
  source,
  line,
  column,
  path: "",
  message,
  remedy: "Give a file with one YAML or JSON document; `asdic plugins new` makes one.",
});

/** One mistake breaks several rules, and the first tells most. */
const dropDoubles = (found: readonly Found[]): readonly Found[] =>
  found.filter(
    (finding, index) =>
      finding.severity !== "error" || !found.slice(0, index).some(({ severity, path }) => severity === "error" && path.join("\0") === finding.path.join("\0")),
  );

const comparePlaces = (one: Place, other: Place): number => one.line - other.line || one.column - other.column;
