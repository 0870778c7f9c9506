import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultPodSpec } from "../../../core/contract/default-pod-spec.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import type { ConformanceOptions } from "../../../plugins/conformance/definition.ts";
import { buildConformance } from "../../../plugins/conformance/definition.ts";

const environment = (options: ConformanceOptions): unknown => buildConformance("e2e", options).container["env"];

test("without options it is Sonobuoy's e2e plugin, environment and all", () => {
  const { container, driver, resultFormat, dialect } = buildConformance("e2e");
  assert.deepEqual({ driver, resultFormat, dialect }, { driver: "Job", resultFormat: "junit", dialect: "sonobuoy" });
  assert.deepEqual(container, {
    name: "e2e",
    image: "registry.k8s.io/conformance:$SONOBUOY_K8S_VERSION",
    imagePullPolicy: "IfNotPresent",
    command: ["/run_e2e.sh"],
    env: [
      { name: "E2E_FOCUS", value: "\\[Conformance\\]" },
      { name: "E2E_SKIP", value: "\\[Disruptive\\]|NoExecuteTaintManager" },
      { name: "E2E_PARALLEL", value: "false" },
      { name: "E2E_USE_GO_RUNNER", value: "true" },
      { name: "E2E_EXTRA_ARGS", value: "--progress-report-url=http://localhost:8099/progress" },
    ],
  });
});

test("its pod runs as Sonobuoy's account on Linux nodes, also on those of the control plane", () => {
  const definition = buildConformance("conformance");
  const spec = { ...defaultPodSpec(definition), ...definition.podSpec };
  assert.equal(spec["serviceAccountName"], "sonobuoy-serviceaccount");
  assert.deepEqual(spec["nodeSelector"], { "kubernetes.io/os": "linux" });
  assert.ok(JSON.stringify(spec["tolerations"]).includes("node-role.kubernetes.io/control-plane"));
});

test("focus and skip stand for themselves, and each leaves the other at Sonobuoy's default", () => {
  const cases: readonly [ConformanceOptions, Record<string, string>][] = [
    [{ focus: "sig-network" }, { E2E_FOCUS: "sig-network", E2E_SKIP: "\\[Disruptive\\]|NoExecuteTaintManager", E2E_PARALLEL: "false" }],
    [{ skip: "" }, { E2E_FOCUS: "\\[Conformance\\]", E2E_SKIP: "", E2E_PARALLEL: "false" }],
    [
      { focus: "a", skip: "b", parallel: true },
      { E2E_FOCUS: "a", E2E_SKIP: "b", E2E_PARALLEL: "true" },
    ],
    [
      { mode: "certified-conformance", parallel: true },
      { E2E_FOCUS: "\\[Conformance\\]", E2E_SKIP: "", E2E_PARALLEL: "true" },
    ],
    [{ mode: "conformance-lite", parallel: false }, { E2E_PARALLEL: "false" }],
  ];
  for (const [options, expected] of cases) {
    const given = environment(options);
    assert.ok(Array.isArray(given));
    for (const [name, value] of Object.entries(expected))
      assert.deepEqual(
        given.find((entry) => entry.name === name),
        { name, value },
      );
  }
});

test("a mode beside focus or skip, and an unknown mode, are refused as wrong use", () => {
  const wrong: readonly [ConformanceOptions, RegExp][] = [
    [{ mode: "quick", focus: "x" }, /either a mode or focus and skip/],
    [{ mode: "quick", skip: "" }, /either a mode or focus and skip/],
    [{ mode: "toString" }, /no mode "toString"/],
    [{ focus: "(" }, /focus is no regular expression/],
    [{ skip: "[z-a]" }, /skip is no regular expression/],
  ];
  for (const [options, message] of wrong) {
    assert.throws(
      () => buildConformance("e2e", options),
      (error: unknown) => isKnownError(error) && error.code === "wrong-usage" && error.hint !== undefined && message.test(error.message),
    );
  }
});
