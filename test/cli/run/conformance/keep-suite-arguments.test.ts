import assert from "node:assert/strict";
import { test } from "node:test";
import { keepSuiteArguments } from "../../../../cli/run/conformance/keep-suite-arguments.ts";
import { overridePlugins } from "../../../../cli/plugins/override.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import { buildConformance } from "../../../../plugins/conformance/definition.ts";

const suite = [buildConformance("e2e", { secrets: { registryCredentials: true } })];
const progress = "--progress-report-url=http://localhost:8099/progress";
const credentials = "--e2e-docker-config-file=/var/run/secrets/asdic-registry/config.json";

/** E2E_EXTRA_ARGS as the suite gets it. */
function argumentsAfter(variables: readonly string[]): unknown {
  const changed = overridePlugins(suite, { variables, images: [] }).definitions;
  const env = keepSuiteArguments(suite, changed)[0]?.container["env"];
  return (Array.isArray(env) ? env.filter(isJsonObject) : []).find(({ name }) => name === "E2E_EXTRA_ARGS")?.["value"];
}

const cases: readonly (readonly [variables: readonly string[], args: string | undefined])[] = [
  [[], `${progress} ${credentials}`],
  [["e2e.E2E_FOCUS=a"], `${progress} ${credentials}`],
  [["e2e.E2E_EXTRA_ARGS=--non-blocking-taints=a"], `${progress} ${credentials} --non-blocking-taints=a`],
  [["e2e.E2E_EXTRA_ARGS=-progress-report-url=http://x/ --a=b"], `${credentials} -progress-report-url=http://x/ --a=b`],
  [["e2e.E2E_EXTRA_ARGS_SEP=;", "e2e.E2E_EXTRA_ARGS=--a=b c;--d"], `${progress};${credentials};--a=b c;--d`],
  [["e2e.E2E_EXTRA_ARGS="], undefined],
];
for (const [variables, args] of cases)
  test(`${variables.join(" ") || "nothing"} leaves the suite ${args ?? "no arguments"}`, () => assert.equal(argumentsAfter(variables), args));
