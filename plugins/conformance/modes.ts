import { quoteName } from "./go-pattern.ts";
import { longTests } from "./long-tests.ts";

/** Sonobuoy's modes (v0.57.5, cmd/sonobuoy/app/modes.go): what each puts into E2E_FOCUS, E2E_SKIP and E2E_PARALLEL. */
export const conformanceModes = {
  quick: {
    summary: "One test, which creates a pod and removes it.",
    focus: "Pods should be submitted and removed",
    skip: "",
    parallel: false,
  },
  "non-disruptive-conformance": {
    summary: "All conformance tests but those that disturb other work in the cluster. Not enough to certify.",
    focus: "\\[Conformance\\]",
    skip: "\\[Disruptive\\]|NoExecuteTaintManager",
    parallel: false,
  },
  "certified-conformance": {
    summary: "All conformance tests, also disruptive ones, as the certification asks for.",
    focus: "\\[Conformance\\]",
    skip: "",
    parallel: false,
  },
  "conformance-lite": {
    summary: "Conformance tests in parallel, without the longest ones. Not enough to certify.",
    focus: "\\[Conformance\\]",
    skip: ["Serial", "Slow", "Disruptive", ...longTests.map(quoteName)].join("|"),
    parallel: true,
  },
} as const satisfies Record<string, ConformanceMode>;

export type ConformanceMode = {
  /** One sentence for a list. */
  readonly summary: string;
  readonly focus: string;
  readonly skip: string;
  readonly parallel: boolean;
};

/** What runs when neither a mode nor focus and skip are given. */
export const defaultMode = "non-disruptive-conformance";

export const modeNames = Object.keys(conformanceModes) as readonly (keyof typeof conformanceModes)[];

export const isConformanceMode = (mode: string): mode is keyof typeof conformanceModes => Object.hasOwn(conformanceModes, mode);
