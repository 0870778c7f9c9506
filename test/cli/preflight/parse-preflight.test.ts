import assert from "node:assert/strict";
import { test } from "node:test";
import { allChecks } from "../../../cli/preflight/all-checks.ts";
import { parsePreflight } from "../../../cli/preflight/parse-preflight.ts";
import type { PreflightFlags } from "../../../cli/run/options/preflight.ts";
import { parseTogether } from "../../../cli/run/problems.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";

const parse = (flags: PreflightFlags) => parseTogether((attempt) => parsePreflight(flags, attempt));
const every = allChecks.map(({ code }) => code);

for (const { flags, skip } of [
  { flags: {}, skip: [] },
  { flags: { skipPreflight: true }, skip: every },
  { flags: { skipPreflight: "*" }, skip: every },
  { flags: { skipPreflight: "true" }, skip: every },
  { flags: { skipPreflight: "dns, nodes" }, skip: ["dns", "nodes"] },
  { flags: { skipPreflight: ["rights", "images,dns"] }, skip: ["rights", "images", "dns"] },
  { flags: { skipPreflight: "dnscheck,versioncheck,existingnamespace" }, skip: ["dns", "version", "namespace"] },
] as const)
  test(`${JSON.stringify(flags)} leaves out ${skip.length === 0 ? "nothing" : skip.join(", ")}`, () => {
    assert.deepEqual([...parse(flags).skip], skip);
  });

test("where the cluster's DNS is can be said in full", () => {
  assert.deepEqual(parse({ dnsNamespace: "names", dnsPodLabels: "a=b,c/d=e" }).dns, { namespace: "names", labels: ["a=b", "c/d=e"] });
});

test("all that is wrong is told together, with the checks that there are", () => {
  assert.throws(
    () => parse({ skipPreflight: "dns,nodez,x", dnsNamespace: "Names", dnsPodLabels: "a" }),
    (error) =>
      isKnownError(error) &&
      error.exitCode === 2 &&
      /--skip-preflight nodez,x: there are no such checks\.\n.*version \(or versioncheck\), rights, /.test(error.message) &&
      /--dns-namespace Names: is no name for a namespace\./.test(error.message) &&
      /--dns-pod-labels a: is not of the form LABEL=VALUE\./.test(error.message),
  );
});
