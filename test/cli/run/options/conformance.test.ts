import assert from "node:assert/strict";
import { test } from "node:test";
import { describeSuiteImage, parseConformance, type ConformanceFlags } from "../../../../cli/run/options/conformance.ts";
import type { PluginFlags } from "../../../../cli/run/options/plugins.ts";
import { parseAll, refusal } from "./parse.ts";

const parse = (flags: ConformanceFlags & PluginFlags) => parseAll(parseConformance, { plugin: ["conformance"], ...flags });
const usual = { focus: "\\[Conformance\\]", skip: "\\[Disruptive\\]|NoExecuteTaintManager", parallel: false };

test("where nothing is said of the suite there is nothing to tell it", () => assert.equal(parse({}), undefined));

const tests: readonly (readonly [flags: ConformanceFlags, tests: unknown, parallel: boolean | undefined])[] = [
  [{ mode: "quick" }, { focus: "Pods should be submitted and removed", skip: "", parallel: false }, undefined],
  [{ mode: "certified-conformance", e2eParallel: true }, { focus: "\\[Conformance\\]", skip: "", parallel: false }, true],
  [{ e2eFocus: "sig-network" }, { ...usual, focus: "sig-network" }, undefined],
  [{ e2eSkip: "" }, { ...usual, skip: "" }, undefined],
  [{ e2eFocus: "a", e2eSkip: "b", e2eParallel: "false" }, { focus: "a", skip: "b", parallel: false }, false],
  [{ rerunFailed: "run.tar.gz", e2eParallel: "true" }, { rerunFailed: "run.tar.gz" }, true],
  [{ sshUser: "core" }, usual, undefined],
];
for (const [flags, chosen, parallel] of tests)
  test(`${JSON.stringify(flags)} chooses tests`, () => {
    const request = parse(flags);
    assert.deepEqual([request?.tests, request?.parallel], [chosen, parallel]);
  });

test("it is known by both of its names", () =>
  assert.equal(parseAll(parseConformance, { plugin: ["e2e"], e2eRepo: "registry.example.test/k8s" })?.repository, "registry.example.test/k8s"));

const refused: readonly (readonly [flags: ConformanceFlags & PluginFlags, says: RegExp])[] = [
  [{ plugin: ["smoke"], mode: "quick", sshKey: "k" }, /^--mode, --ssh-key: about the conformance suite, and this run hasn't got it\.\nAdd `-p conformance/],
  [{ mode: "quick", e2eFocus: "x" }, /^--mode and --e2e-focus: a mode says itself/],
  [{ mode: "quick", e2eFocus: "x", e2eSkip: "" }, /^--mode and --e2e-focus, --e2e-skip: a mode says itself/],
  [{ rerunFailed: "t", mode: "quick" }, /^--rerun-failed and --mode: each says itself/],
  [{ rerunFailed: "t", e2eSkip: "a" }, /^--rerun-failed and --e2e-skip: each says itself/],
  [{ mode: "toString" }, /^--mode toString: there is no such mode\.\nThe modes are quick, /],
  [{ e2eFocus: "(?=a)" }, /^--e2e-focus: character 1, "\(\?=": Go knows no look-ahead\.\nGo reads it/],
  [{ e2eSkip: "a(b" }, /^--e2e-skip: character 2, "\(": this group is not closed\./],
  [{ e2eParallel: "4" }, /^--e2e-parallel 4: is true or false\.\n.*E2E_EXTRA_GINKGO_ARGS=--procs=4/],
  [{ e2eParallel: "perhaps" }, /^--e2e-parallel perhaps: must be one of true, false/],
  [{ e2eRepo: "a", e2eRepoConfig: "b" }, /^--e2e-repo and --e2e-repo-config: both say/],
  [{ e2eRepo: "https://registry.example.test" }, /^--e2e-repo https:\/\/registry\.example\.test: is no name of a registry\./],
  [{ kubeConformanceImage: "a b" }, /^--kube-conformance-image a b: is no name of an image\./],
  [{ kubeConformanceImage: "a:1", pluginImage: ["conformance:b:2"] }, /^--kube-conformance-image and --plugin-image conformance:b:2: both name/],
  [{ sshUser: "core; reboot" }, /^--ssh-user core; reboot: is no name of a user\./],
];
for (const [flags, says] of refused)
  test(`${JSON.stringify(flags)} is refused`, () =>
    assert.match(
      refusal(() => parse(flags)),
      says,
    ));

test("all that is wrong is told together", () => {
  const text = refusal(() => parse({ e2eFocus: "(", e2eSkip: ")", sshUser: "", e2eRepo: "", e2eParallel: "2" }));
  for (const flag of ["--e2e-focus", "--e2e-skip", "--ssh-user", "--e2e-repo", "--e2e-parallel"]) assert.ok(text.includes(flag), flag);
});

test("a version beside an image is no mistake, but may surprise", () => {
  assert.deepEqual(describeSuiteImage({ kubeConformanceImage: "a:1" }), []);
  assert.match(
    describeSuiteImage({ kubeConformanceImage: "a:1", kubernetesVersion: "v1.33.1" }).join(""),
    /^--kubernetes-version v1\.33\.1 doesn't change the suite's image/,
  );
});
