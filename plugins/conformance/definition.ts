import { KnownError } from "../../core/contract/known-error.ts";
import { ports } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { checkGoPattern } from "./go-pattern.ts";
import type { ConformanceMode } from "./modes.ts";
import { conformanceModes, defaultMode, isConformanceMode, modeNames } from "./modes.ts";

/** Which tests to run: a mode, or patterns of one's own; where nothing is said, Sonobuoy's default mode. */
export type ConformanceOptions = {
  readonly mode?: string | undefined;
  /** Regular expressions of Go over the tests' names. */
  readonly focus?: string | undefined;
  readonly skip?: string | undefined;
  readonly parallel?: boolean | undefined;
};

/**
 * The upstream conformance suite as Sonobuoy's e2e plugin runs it (v0.57.5, pkg/client/gen.go), under the name that was typed.
 * Throws KnownError("wrong-usage") for an unknown mode, a mode beside focus or skip, and a pattern that can't be one.
 */
export function buildConformance(name: string, options: ConformanceOptions = {}): PluginDefinition {
  const { focus, skip, parallel } = readTests(options);
  return {
    dialect: "sonobuoy",
    name,
    driver: "Job",
    description: "Kubernetes' own conformance suite, in the server's version.",
    resultFormat: "junit",
    resultFiles: [],
    skipCleanup: false,
    order: 0,
    container: {
      name,
      image: "registry.k8s.io/conformance:$SONOBUOY_K8S_VERSION",
      imagePullPolicy: "IfNotPresent",
      command: ["/run_e2e.sh"],
      env: [
        { name: "E2E_FOCUS", value: focus },
        { name: "E2E_SKIP", value: skip },
        { name: "E2E_PARALLEL", value: String(parallel) },
        { name: "E2E_USE_GO_RUNNER", value: "true" },
        { name: "E2E_EXTRA_ARGS", value: `--progress-report-url=http://localhost:${ports.progress}/progress` },
      ],
    },
    extraVolumes: [],
    configMap: {},
  };
}

function readTests({ mode, focus, skip, parallel }: ConformanceOptions): Pick<ConformanceMode, "focus" | "skip" | "parallel"> {
  if (mode !== undefined && (focus !== undefined || skip !== undefined))
    throw new KnownError("wrong-usage", "A mode says itself which tests to run: give either a mode or focus and skip.", {
      hint: "Leave the mode out to choose tests by focus and skip.",
    });
  if (mode !== undefined && !isConformanceMode(mode))
    throw new KnownError("wrong-usage", `There is no mode ${JSON.stringify(mode)}.`, { hint: `The modes are ${modeNames.join(", ")}.` });
  const chosen = conformanceModes[mode ?? defaultMode];
  return {
    focus: checkGoPattern("focus", focus ?? chosen.focus),
    skip: checkGoPattern("skip", skip ?? chosen.skip),
    parallel: parallel ?? chosen.parallel,
  };
}
