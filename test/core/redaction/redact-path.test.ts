import assert from "node:assert/strict";
import { test } from "node:test";
import { createIdentities } from "../../../core/redaction/identities/identities.ts";
import { redactPath } from "../../../core/redaction/redact-path.ts";
import { createRedactor } from "../../../core/redaction/redactor.ts";
import { createTally } from "../../../core/redaction/tally.ts";

test("two files whose names hold secrets stay two, and each has the same path every time", () => {
  const redactor = createRedactor();
  const paths = ["r/password=hunter2-Zq81mmX0", "r/password=Kx93nPw2-hunter3", "r/password=REDACTED", "r/plain.txt"];
  const clean = paths.map((path) => redactPath(redactor, path, createTally()));
  assert.deepEqual(clean, ["r/password=REDACTED", "r/password=REDACTED~2", "r/password=REDACTED~3", "r/plain.txt"]);
  assert.deepEqual(
    paths.map((path) => redactPath(redactor, path, createTally())),
    clean,
  );
});

test("folders of namespaces have their tokens with high privacy only, and what all clusters have stays", () => {
  const key = Buffer.alloc(32, 1);
  const high = createIdentities("high", key);
  const redactor = createRedactor({ identities: high });
  const token = high.tokenOf("namespace", "payroll");
  for (const folder of ["resources/ns", "before/resources/ns", "podlogs"])
    assert.equal(redactPath(redactor, `${folder}/payroll/a.json`, createTally()), `${folder}/${token}/a.json`);
  assert.equal(redactPath(redactor, "podlogs/kube-system/a.txt", createTally()), "podlogs/kube-system/a.txt");
  const standard = createRedactor({ identities: createIdentities("standard", key) });
  assert.equal(redactPath(standard, "podlogs/payroll/a.txt", createTally()), "podlogs/payroll/a.txt");
});
