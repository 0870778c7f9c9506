import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDuration, renderDuration } from "../../../cli/run/duration.ts";
import { parseRunOptions, type RunFlags } from "../../../cli/run/options.ts";
import { parseTogether } from "../../../cli/run/problems.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";

const parse = (flags: Partial<RunFlags>, environment: NodeJS.ProcessEnv = {}) =>
  parseTogether((attempt) => parseRunOptions({ namespace: "asdic", ...flags }, { toolVersion: "1.2.3", environment }, attempt));

test("without flags it is node-facts and smoke, for six hours at most, with the image of this version", () => {
  const { plugins, suite, overrides, namespace, image, imagePullPolicy, nodeSelector, permissions, runTimeoutSeconds, maxResultBytes, setup, notes } = parse(
    {},
  );
  assert.deepEqual([plugins, suite, overrides], [["node-facts", "smoke"], undefined, { variables: [], images: [], timeouts: [] }]);
  assert.deepEqual([namespace, image, imagePullPolicy, nodeSelector, permissions], ["asdic", "ghcr.io/asdic/asdic:v1.2.3", "IfNotPresent", {}, "read"]);
  assert.deepEqual([runTimeoutSeconds, maxResultBytes, notes], [21_600, 4_294_967_296, []]);
  assert.deepEqual([setup.isAccountThere, setup.makesRoles, setup.podSecurity], [false, true, undefined]);
});

test("the image is that of the flag, then that of the environment", () => {
  assert.equal(parse({ image: "a" }, { ASDIC_IMAGE: "b" }).image, "a");
  assert.equal(parse({}, { ASDIC_IMAGE: "b" }).image, "b");
});

const refused: readonly { readonly flags: Partial<RunFlags>; readonly says: RegExp }[] = [
  { flags: { plugin: ["conformance"] }, says: /--permissions admin/ },
  { flags: { plugin: ["smoke", "e2e"], permissions: "none" }, says: /--permissions admin/ },
  { flags: { mode: "quick" }, says: /conformance suite/ },
  { flags: { e2eParallel: true }, says: /conformance suite/ },
  { flags: { namespace: "Big" }, says: /--namespace Big/ },
  { flags: { namespace: "a".repeat(64) }, says: /is no name for a namespace/ },
  { flags: { namespace: "../kube-system" }, says: /is no name for a namespace/ },
  {
    flags: { namespace: "A", timeout: "-1", image: "", toleration: ["="], annotation: ["x"] },
    says: /^Several things can't be right\.\n(?:.*\n)*--namespace A: is no name/,
  },
];
for (const { flags, says } of refused)
  test(`${JSON.stringify(flags)} is wrong use`, () => {
    assert.throws(
      () => parse(flags),
      (error) => isKnownError(error) && error.code === "wrong-usage" && says.test(error.message),
    );
  });

const durations: readonly (readonly [string, number])[] = [
  ["90", 90],
  ["1.5", 1.5],
  ["90s", 90],
  ["1h30m", 5400],
  ["1.5h", 5400],
  ["500ms", 0.5],
];
for (const [text, seconds] of durations) test(`${text} is ${seconds} seconds`, () => assert.equal(parseDuration("--timeout", text), seconds));
for (const text of ["", "0", "1d", "1h 30m", "h", "481h", "1e3", "NaN"])
  test(`"${text}" is no duration`, () => assert.throws(() => parseDuration("--timeout", text), isKnownError));

const shown: readonly (readonly [number, string])[] = [
  [-3, "0s"],
  [59.9, "59s"],
  [185, "3m05s"],
  [3725, "1h02m05s"],
];
for (const [seconds, text] of shown) test(`${seconds} seconds are shown as ${text}`, () => assert.equal(renderDuration(seconds), text));
