import assert from "node:assert/strict";
import { test } from "node:test";
import { parseImageName } from "../../../core/kubernetes/image-name.ts";

const digest = `sha256:${"a".repeat(64)}`;

for (const { name, full } of [
  { name: "busybox", full: "docker.io/library/busybox:latest" },
  { name: "team/app:v1", full: "docker.io/team/app:v1" },
  { name: "registry.asdic.test:5000/team/app", full: "registry.asdic.test:5000/team/app:latest" },
  { name: "localhost/app:v1", full: "localhost/app:v1" },
  { name: `registry.asdic.test/app@${digest}`, full: `registry.asdic.test/app@${digest}` },
  { name: `registry.asdic.test/app:v1@${digest}`, full: `registry.asdic.test/app:v1@${digest}` },
])
  test(`${name} is ${full}`, () => {
    const parsed = parseImageName(name);
    assert.equal(typeof parsed === "string" ? parsed : parsed.full, full);
  });

for (const name of ["", "Team/App", "app:", "app:a b", "app@sha256:short", "registry.asdic.test/", "a//b", "app:v1:v2"])
  test(`${JSON.stringify(name)} is no image's name`, () => {
    assert.match(String(parseImageName(name)), /^invalid reference format/);
  });
