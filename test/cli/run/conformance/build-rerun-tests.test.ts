import assert from "node:assert/strict";
import { test } from "node:test";
import { buildRerunTests } from "../../../../cli/run/conformance/build-rerun-tests.ts";
import { checkGoPattern } from "../../../../plugins/conformance/go-pattern.ts";

const names = ["[sig-apps] Job should end [Conformance]", "[sig-apps] Daemon set [Serial] should (not) restart [Conformance]"];

test("the focus fits the failed tests and no others, nothing is skipped, and they run one after another", () => {
  const { focus, skip, parallel } = buildRerunTests("run.tar.gz", names, undefined);
  assert.deepEqual([skip, parallel, checkGoPattern("--rerun-failed", focus)], ["", false, undefined]);
  assert.deepEqual(
    [...names, "[sig-apps] Job should begin [Conformance]"].map((name) => new RegExp(focus).test(name)),
    [true, true, false],
  );
});

test("tests that may run at the same time do if that is asked for, and serial ones are not left out silently", () => {
  assert.equal(buildRerunTests("run.tar.gz", names.slice(0, 1), true).parallel, true);
  assert.throws(
    () => buildRerunTests("run.tar.gz", names, true),
    /^KnownError: --e2e-parallel and --rerun-failed run\.tar\.gz: 1 of the failed tests are \[Serial\]/,
  );
});

test("more names than the suite can be told are refused", () => {
  const many = Array.from({ length: 2000 }, (_, index) => `[sig-storage] a test with a name of some length, number ${index} [Conformance]`);
  assert.throws(
    () => buildRerunTests("run.tar.gz", many, undefined),
    /the names of the 2000 failed tests have \d+ KiB, and the suite can be told 128 KiB at most/,
  );
});
