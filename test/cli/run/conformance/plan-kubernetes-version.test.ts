import assert from "node:assert/strict";
import { test } from "node:test";
import { planKubernetesVersion } from "../../../../cli/run/conformance/plan-kubernetes-version.ts";
import { isKnownError } from "../../../../core/contract/known-error.ts";
import { buildConformance } from "../../../../plugins/conformance/definition.ts";

const suite = [buildConformance("conformance")];

const cases: readonly (readonly [wanted: "auto" | "ignore" | `v${string}`, serverVersion: string, told: string | undefined])[] = [
  ["auto", "v1.36.3", undefined],
  ["auto", "v1.36.3+k3s1", "v1.36.3"],
  ["auto", "v1.35.2-gke.1234000", "v1.35.2"],
  ["auto", "v1.35.2-eks-0a1b2c3", "v1.35.2"],
  ["auto", "v1.37.0-rc.1", undefined],
  ["auto", "v1.37.0-beta.0+rke2r1", "v1.37.0-beta.0"],
  ["ignore", "v1.37.0-alpha.2.481+0f6d", undefined],
  ["ignore", "v1.36.3+k3s1", "v1.36.3"],
  ["v1.33.1", "v1.36.3", "v1.33.1"],
  ["v1.36.3", "v1.36.3", undefined],
];
for (const [wanted, serverVersion, told] of cases)
  test(`${wanted} on a server that says ${serverVersion} is ${told ?? "what it says"}`, () =>
    assert.equal(planKubernetesVersion({ wanted, serverVersion, definitions: suite }), told));

for (const serverVersion of ["v1.37.0-alpha.2.481+0f6d", "v1.37+", "1.36", "unknown"])
  test(`no suite is guessed for a server that says ${serverVersion}`, () => {
    assert.throws(
      () => planKubernetesVersion({ wanted: "auto", serverVersion, definitions: suite }),
      (error) =>
        isKnownError(error) && error.code === "wrong-usage" && error.message.includes(serverVersion) && /--kubernetes-version ignore/.test(error.hint ?? ""),
    );
    assert.equal(
      planKubernetesVersion({ wanted: "auto", serverVersion, definitions: [buildConformance("e2e", { image: "registry.example.test/suite:1" })] }),
      undefined,
    );
  });
