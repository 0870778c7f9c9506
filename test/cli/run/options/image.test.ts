import assert from "node:assert/strict";
import { test } from "node:test";
import { parseImages, type ImageFlags } from "../../../../cli/run/options/image.ts";
import { parseTogether } from "../../../../cli/run/problems.ts";
import { refusal } from "./parse.ts";

const parse = (flags: ImageFlags) => parseTogether((attempt) => parseImages(flags, "registry.asdic.test/usual:v1", attempt));
const usual = { image: "registry.asdic.test/usual:v1", imagePullPolicy: "IfNotPresent", isPolicyForced: false, pullSecrets: [], mirrors: [] };

const read: readonly (readonly [ImageFlags, object])[] = [
  [{}, {}],
  [{ image: "own:2" }, { image: "own:2" }],
  [
    { imagePullPolicy: "Never", forceImagePullPolicy: true },
    { imagePullPolicy: "Never", isPolicyForced: true },
  ],
  [
    { imagePullSecret: ["there", "made=config.json", "odd=a=b"] },
    { pullSecrets: [{ name: "there" }, { name: "made", file: "config.json" }, { name: "odd", file: "a=b" }] },
  ],
  [
    { registryMirror: ["registry.asdic.test=mirror.example.test:5000/asdic"] },
    { image: "mirror.example.test:5000/asdic/usual:v1", mirrors: [{ from: "registry.asdic.test", to: "mirror.example.test:5000/asdic" }] },
  ],
];
for (const [flags, wanted] of read) test(`${JSON.stringify(flags)} is read`, () => assert.deepEqual(parse(flags), { ...usual, ...wanted }));

const refused: readonly (readonly [ImageFlags, RegExp])[] = [
  [{ image: "" }, /^--image : is no name of an image/],
  [{ image: "a b" }, /is no name of an image/],
  [{ imagePullPolicy: "Sometimes" }, /^--image-pull-policy Sometimes: must be one of Always, IfNotPresent, Never/],
  [{ imagePullSecret: ["Big"] }, /^--image-pull-secret Big: is no name of a Secret/],
  [{ imagePullSecret: ["=file"] }, /is no name of a Secret/],
  [{ imagePullSecret: ["a", "a=file"] }, /^--image-pull-secret a=file: a is given twice/],
  [{ imagePullSecret: ["asdic-token=file"] }, /for the run's own Secrets/],
  [{ registryMirror: ["docker.io"] }, /^--registry-mirror docker\.io: is not of the form FROM=TO/],
  [{ registryMirror: ["https://docker.io=b"] }, /without https:\/\//],
  [{ registryMirror: ["a=b", "a=c"] }, /^--registry-mirror: a is given twice/],
];
for (const [flags, says] of refused)
  test(`${JSON.stringify(flags)} is refused`, () =>
    assert.match(
      refusal(() => parse(flags)),
      says,
    ));
