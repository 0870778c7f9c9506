import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDuration, renderDuration } from "../../../cli/run/duration.ts";
import { parseRunOptions, type RunFlags } from "../../../cli/run/options.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";

const parse = (flags: Partial<RunFlags>, environment: NodeJS.ProcessEnv = {}) =>
  parseRunOptions({ namespace: "asdic", imagePullPolicy: "IfNotPresent", permissions: "read", ...flags }, { toolVersion: "1.2.3", environment });

test("without flags it is node-facts and smoke, for six hours at most, with the image of this version", () => {
  assert.deepEqual(parse({}), {
    plugins: ["node-facts", "smoke"],
    conformance: undefined,
    overrides: { variables: [], images: [] },
    namespace: "asdic",
    image: "ghcr.io/asdic/asdic:v1.2.3",
    imagePullPolicy: "IfNotPresent",
    nodeSelector: {},
    permissions: "read",
    runTimeoutSeconds: 21_600,
    maxResultBytes: 4_294_967_296,
  });
});

test("the image is that of the flag, then that of the environment", () => {
  assert.equal(parse({ image: "a" }, { ASDIC_IMAGE: "b" }).image, "a");
  assert.equal(parse({}, { ASDIC_IMAGE: "b" }).image, "b");
});

test("a priority class is a name", () => {
  assert.equal(parse({ priorityClass: "system-cluster-critical" }).priorityClass, "system-cluster-critical");
  for (const priorityClass of ["", "High", "a b", "-a"]) assert.throws(() => parse({ priorityClass }), isKnownError);
});

test("node selectors may be repeated or have commas, and values may be empty", () => {
  assert.deepEqual(parse({ nodeSelector: ["a=b,kubernetes.io/os=linux", "node-role.kubernetes.io/worker="] }).nodeSelector, {
    a: "b",
    "kubernetes.io/os": "linux",
    "node-role.kubernetes.io/worker": "",
  });
});

const suite = { plugin: ["conformance"], permissions: "admin" } as const;
test("settings of the suite are taken where it runs, under either name", () => {
  assert.deepEqual(parse({ ...suite, mode: "quick" }).conformance, { mode: "quick", focus: undefined, skip: undefined, parallel: undefined });
  assert.deepEqual(parse({ ...suite, plugin: ["e2e"], e2eFocus: "a", e2eSkip: "b", e2eParallel: true }).conformance, {
    mode: undefined,
    focus: "a",
    skip: "b",
    parallel: true,
  });
  assert.equal(parse({ ...suite, e2eParallel: "false" }).conformance?.parallel, false);
});

const refused: readonly { readonly flags: Partial<RunFlags>; readonly says: RegExp }[] = [
  { flags: { plugin: ["conformance"] }, says: /--permissions admin/ },
  { flags: { plugin: ["smoke", "e2e"], permissions: "none" }, says: /--permissions admin/ },
  { flags: { mode: "quick" }, says: /conformance suite/ },
  { flags: { e2eParallel: true }, says: /conformance suite/ },
  { flags: { namespace: "Big" }, says: /--namespace Big/ },
  { flags: { namespace: "a".repeat(64) }, says: /is no name for a namespace/ },
  { flags: { namespace: "../kube-system" }, says: /is no name for a namespace/ },
  { flags: { nodeSelector: ["a"] }, says: /--node-selector a: is not of the form/ },
  { flags: { nodeSelector: ["a in (b)"] }, says: /is not of the form/ },
  { flags: { timeout: "-1" }, says: /--timeout -1: is no duration/ },
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
