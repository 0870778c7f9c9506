import assert from "node:assert/strict";
import { test } from "node:test";
import { podSecurity } from "../../../core/kubernetes/pod-security.ts";
import { podSecurityCases } from "./pod-security-cases.ts";

for (const { name, spec, level } of podSecurityCases)
  test(`${name}: ${level}, as the real admission says`, () => {
    const judged = podSecurity(spec);
    assert.equal(judged.level, level, judged.reasons.join("\n"));
    assert.equal(judged.reasons.length === 0, level === "restricted");
  });

test("reasons name the pod or the container and what is wrong with it", () => {
  const spec = {
    hostPID: true,
    containers: [{ name: "a\nb", securityContext: { privileged: true, capabilities: { add: ["SYS_TIME"] } }, ports: [{ hostPort: 9100 }] }],
    volumes: [{ name: "root", hostPath: { path: "/" } }],
  };
  assert.deepEqual(podSecurity(spec).reasons, [
    "the pod uses hostPID",
    `container "a\\nb" is privileged`,
    `container "a\\nb" adds the capability SYS_TIME`,
    `volume "root" is a hostPath`,
    `container "a\\nb" uses host port 9100`,
  ]);
});

test("reasons of a baseline pod say what restricted misses", () => {
  assert.deepEqual(podSecurity({ containers: [{ name: "c" }] }).reasons, [
    `container "c" doesn't set allowPrivilegeEscalation: false`,
    `neither the pod nor container "c" sets runAsNonRoot: true`,
    `neither the pod nor container "c" sets the seccomp profile RuntimeDefault or Localhost`,
    `container "c" doesn't drop ALL capabilities`,
  ]);
});

test("ephemeral containers are judged too", () => {
  assert.equal(podSecurity({ containers: [], ephemeralContainers: [{ name: "e", securityContext: { privileged: true } }] }).level, "privileged");
});

test("anything that is no pod spec is judged without a throw", () => {
  for (const value of [undefined, null, 7, "x", [], { containers: "x", volumes: [null, 7] }]) assert.equal(typeof podSecurity(value).level, "string");
});
