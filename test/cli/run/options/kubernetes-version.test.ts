import assert from "node:assert/strict";
import { test } from "node:test";
import { parseKubernetesVersion } from "../../../../cli/run/options/kubernetes-version.ts";
import { refusal } from "./parse.ts";

const versions: readonly (readonly [text: string | undefined, version: string])[] = [
  [undefined, "auto"],
  ["auto", "auto"],
  ["ignore", "ignore"],
  ["v1.36.3", "v1.36.3"],
  ["v1.37.0-rc.1", "v1.37.0-rc.1"],
];
for (const [text, version] of versions)
  test(`--kubernetes-version ${text ?? "left out"} is ${version}`, () => assert.equal(parseKubernetesVersion({ kubernetesVersion: text }), version));

for (const text of ["1.36.3", "v1.36", "v1.36.3+k3s1", "v1.36.3-eks-1", "stable", ""])
  test(`--kubernetes-version "${text}" is none`, () =>
    assert.match(
      refusal(() => parseKubernetesVersion({ kubernetesVersion: text })),
      /is no version of Kubernetes\.\nGive auto, ignore or/,
    ));

test("the latest one is asked of nobody", () =>
  assert.match(
    refusal(() => parseKubernetesVersion({ kubernetesVersion: "latest" })),
    /asdic contacts nothing that you haven't named/,
  ));
