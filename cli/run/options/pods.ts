import { Option } from "commander";
import { KnownError } from "../../../core/contract/known-error.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import { findQualifiedNameProblems } from "../../../core/kubernetes/names.ts";
import type { SecurityLevel } from "../pod-security-level.ts";
import type { Attempt } from "../problems.ts";
import { choiceOption, optionGroup, otherName } from "./option-group.ts";
import { parseChoice } from "./values.ts";

/** Flags about what every pod of the run has. */
export type PodFlags = {
  readonly annotation?: readonly string[] | undefined;
  readonly securityContextMode?: string | undefined;
  readonly podSecurity?: string | undefined;
};

const securityLevels = ["restricted", "baseline", "privileged"] as const;
const securityContextModes = ["nonroot", "none"] as const;

/** Options about what every pod of the run has. */
export const podOptions = optionGroup("Pods", [
  new Option("--annotation <key=value...>", "an annotation of every pod of the run, e.g. sidecar.istio.io/inject=false"),
  choiceOption(
    "--security-context-mode <mode>",
    "of aggregator and worker: nonroot, the default, keeps to Pod Security's restricted level; none leaves users and privileges to the cluster, e.g. to OpenShift",
    securityContextModes,
  ),
  choiceOption("--pod-security <level>", "the Pod Security level of the namespace (default: the lowest that the plugins allow)", securityLevels),
  otherName("--namespace-psa-enforce-level <level>", "podSecurity"),
]);

/** What every pod has, and the namespace's level for them; nothing where nothing was said. */
export type PodSettings = Pick<RunSpec, "podAnnotations" | "securityContextMode"> & { readonly podSecurity?: SecurityLevel | undefined };

/** What every pod has, as the flags say it; `attempt` gets each that can't be. */
export function parsePods({ annotation, securityContextMode: mode, podSecurity: level }: PodFlags, attempt: Attempt): PodSettings {
  const isNone = mode !== undefined && attempt(() => parseChoice("--security-context-mode", mode, securityContextModes)) === "none";
  return {
    ...(annotation !== undefined && { podAnnotations: attempt(() => parseAnnotations(annotation, attempt)) }),
    ...(isNone && { securityContextMode: "none" as const }),
    ...(level !== undefined && { podSecurity: attempt(() => parseChoice("--pod-security", level, securityLevels)) }),
  };
}

function parseAnnotations(texts: readonly string[], attempt: Attempt): Record<string, string> {
  const pairs = texts.flatMap((text) => {
    const pair = attempt(() => parseAnnotation(text));
    return pair === undefined ? [] : [pair];
  });
  const bytes = pairs.reduce((sum, pair) => sum + Buffer.byteLength(pair.join("")), 0);
  if (bytes > mostBytes)
    throw new KnownError(
      "wrong-usage",
      `--annotation: ${Math.ceil(bytes / 1024)} KiB of annotations are more than the ${mostBytes / 1024} KiB that there is room for.`,
      {
        hint: "Kubernetes gives a pod 256 KiB for all of them, and the run's status needs the rest.",
      },
    );
  return Object.fromEntries(pairs);
}

/** The status of a run, with every node of it, lies in annotations too. */
const mostBytes = 32 * 1024;

function parseAnnotation(text: string): readonly [string, string] {
  const equals = text.indexOf("=");
  const [key, value] = [text.slice(0, equals), text.slice(equals + 1)];
  // Kubernetes looks at an annotation's key in lower case.
  if (equals < 0 || findQualifiedNameProblems(key.toLowerCase()).length > 0)
    throw new KnownError("wrong-usage", `--annotation ${text}: is not of the form KEY=VALUE.`, {
      hint: "For example: --annotation sidecar.istio.io/inject=false",
    });
  if (/^(?:asdic\.dev|sonobuoy\.hept\.io)\//.test(key) || /^sonobuoy-(?:driver|plugin)$/.test(key))
    throw new KnownError("wrong-usage", `--annotation ${text}: ${key} is one that asdic sets itself.`, { hint: "Give it another key." });
  return [key, value];
}
