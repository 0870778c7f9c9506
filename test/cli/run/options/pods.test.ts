import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePods, type PodFlags } from "../../../../cli/run/options/pods.ts";
import { parseAll, refusal } from "./parse.ts";

const parse = (flags: PodFlags) => parseAll(parsePods, flags);

const read: readonly (readonly [PodFlags, object])[] = [
  [{}, {}],
  [
    { annotation: ["sidecar.istio.io/inject=false", "note=a=b, c", "empty="] },
    { podAnnotations: { "sidecar.istio.io/inject": "false", note: "a=b, c", empty: "" } },
  ],
  [{ securityContextMode: "nonroot" }, {}],
  [{ securityContextMode: "none" }, { securityContextMode: "none" }],
  [{ podSecurity: "privileged" }, { podSecurity: "privileged" }],
];
for (const [flags, wanted] of read) test(`${JSON.stringify(flags)} is read`, () => assert.deepEqual(parse(flags), wanted));

const refused: readonly (readonly [PodFlags, RegExp])[] = [
  [{ annotation: ["inject"] }, /^--annotation inject: is not of the form KEY=VALUE/],
  [{ annotation: ["a b=c"] }, /is not of the form/],
  [{ annotation: ["asdic.dev/node=n"] }, /is one that asdic sets itself/],
  [{ annotation: ["sonobuoy.hept.io/status={}"] }, /is one that asdic sets itself/],
  [{ annotation: ["sonobuoy-plugin=x"] }, /is one that asdic sets itself/],
  [{ annotation: [`a=${"b".repeat(40_000)}`] }, /^--annotation: 40 KiB of annotations are more than the 32 KiB/],
  [{ securityContextMode: "root" }, /^--security-context-mode root: must be one of nonroot, none/],
  [{ podSecurity: "lax" }, /^--pod-security lax: must be one of restricted, baseline, privileged/],
];
for (const [flags, says] of refused)
  test(`${JSON.stringify(flags).slice(0, 80)} is refused`, () =>
    assert.match(
      refusal(() => parse(flags)),
      says,
    ));
