import { KnownError } from "../../../core/contract/known-error.ts";
import { labels, wireVersion } from "../../../core/contract/names.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { PluginProblem } from "../../plugins/problem.ts";
import { parseRunSpec } from "../parse-run-spec.ts";
import type { ManifestObject } from "./parse-manifest.ts";

/** The run's specification in its ConfigMap asdic-run, or what is wrong with it; KnownError "wire-version" when another version of asdic wrote it. */
export function parseSpecObject({ object, placeOf }: ManifestObject, source: string): RunSpec | { readonly problems: readonly PluginProblem[] } {
  const { line } = placeOf(["data", "spec.json"]);
  const parsed = parseRunSpec(object);
  if (!("spec" in parsed)) {
    if (parsed.isForeign)
      throw new KnownError(
        "wire-version",
        `${source}:${line}: this manifest is by asdic ${parsed.toolVersion ?? "of another version"} (wire version ${parsed.wireVersion}), with which this one (${wireVersion}) can't talk.`,
        { hint: "Make it again with `asdic gen`, or use that version of asdic." },
      );
    return { problems: parsed.problems.map(({ path, message }) => ({ source, line, path: `data.spec.json ${path}`.trim(), message })) };
  }
  const { namespace } = object.metadata;
  if (parsed.spec.namespace === namespace) return parsed.spec;
  const message = `is ${namespace ?? "missing"}, and the specification (run ${object.metadata.labels?.[labels.run] ?? "unknown"}) says ${parsed.spec.namespace}`;
  return { problems: [{ source, line: placeOf(["metadata", "namespace"]).line, path: "metadata.namespace", message }] };
}
