import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { KnownError } from "../../../core/contract/known-error.ts";
import { objectNames } from "../../../core/contract/names.ts";
import { renderProblem, type PluginProblem } from "../../plugins/problem.ts";
import { readDocuments, type PluginDocument } from "../../plugins/read-document.ts";
import type { RunObjects } from "../build/objects.ts";
import type { RunPlan } from "../plan.ts";
import { findObjectProblems } from "./find-object-problems.ts";
import { parseManifestObject } from "./parse-manifest-object.ts";
import { parseSpecObject } from "./parse-spec-object.ts";
import { parseStoredDefinitions } from "./parse-stored-definitions.ts";
import type { ManifestText } from "./read-manifest-text.ts";
import { refuseSonobuoyManifest } from "./refuse-sonobuoy-manifest.ts";

/** An object of a manifest, and where its parts stand in the file. */
export type ManifestObject = { readonly object: KubernetesObject; readonly placeOf: PluginDocument["placeOf"] };

/** The run that a manifest makes. Its objects are as they stand there; the Namespace may be left out. */
export type Manifest = {
  readonly plan: Pick<RunPlan, "spec" | "definitions">;
  readonly objects: Omit<RunObjects, "namespace"> & { readonly namespace?: KubernetesObject | undefined };
};

/** A manifest's text, perhaps edited since `asdic gen` printed it, as the run that it makes; KnownError "invalid-file" with all that is wrong with it, by line. */
export function parseManifest({ text, source }: ManifestText): Manifest {
  const found: ManifestObject[] = [];
  const problems: PluginProblem[] = [];
  for (const document of readDocuments(text, source)) {
    const parsed = "problems" in document ? document : parseManifestObject(document, source);
    if ("problems" in parsed) problems.push(...parsed.problems);
    else found.push(parsed);
  }
  refuseSonobuoyManifest(found, source);
  // What can't be read may be what is missing.
  if (problems.length > 0) throw refuse(problems);
  const lock = found.find(({ object }) => isNamed(object, "ConfigMap", objectNames.runConfigMap));
  if (lock === undefined) throw refuse([noRun(source, found.length === 0)]);
  const spec = parseSpecObject(lock, source);
  if ("problems" in spec) throw refuse(spec.problems);
  problems.push(...findObjectProblems(found, { spec, source }));
  const definitions = parseStoredDefinitions(found, { spec, source, lock });
  if ("problems" in definitions) problems.push(...definitions.problems);
  const objects = found.map(({ object }) => object);
  const namespace = objects.find(({ kind }) => kind === "Namespace");
  const aggregator = objects.find((object) => isNamed(object, "Deployment", objectNames.aggregator));
  if (problems.length > 0 || "problems" in definitions || aggregator === undefined) throw refuse(problems);
  const parts = objects.filter((object) => object !== namespace && object !== aggregator && object !== lock.object);
  return { plan: { spec, definitions }, objects: { namespace, lock: lock.object, parts, aggregator } };
}

const isNamed = ({ kind, metadata }: KubernetesObject, wanted: string, name: string): boolean => kind === wanted && metadata.name === name;

const noRun = (source: string, isEmpty: boolean): PluginProblem => ({
  source,
  message: isEmpty ? "is empty" : `has no ConfigMap ${objectNames.runConfigMap}, so it is no run's manifest`,
});

const refuse = (problems: readonly PluginProblem[]): KnownError =>
  new KnownError("invalid-file", `the manifest can't be right.\n${problems.map(renderProblem).join("\n")}`, {
    hint: "Nothing was created. `asdic gen` prints manifests, and `asdic run -f` takes them.",
  });
