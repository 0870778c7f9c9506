import assert from "node:assert/strict";
import { test } from "node:test";
import { meetsFields, parseFieldSelector } from "../../../../embedded/api/registry/field-selector.ts";
import { objectOf, openRegistry, refusalOf } from "./open-registry.ts";

const { typeOf } = openRegistry();

const pod = objectOf("web", { spec: { nodeName: "n1" }, status: { phase: "Running", podIPs: [{ ip: "10.0.0.1" }] } });
const event = objectOf("e", { involvedObject: { kind: "Pod", name: "web" }, reason: "Started", source: { component: "kubelet" }, type: "Normal" });

const chosen: readonly (readonly [plural: string, object: typeof pod, selector: string, isChosen: boolean])[] = [
  ["pods", pod, "", true],
  ["pods", pod, "metadata.name=web", true],
  ["pods", pod, "metadata.name==web,metadata.namespace=shop", true],
  ["pods", pod, "metadata.name!=web", false],
  ["pods", pod, "spec.nodeName=n1,status.phase!=Failed", true],
  ["pods", pod, "spec.nodeName=", false],
  ["pods", pod, "status.podIPs=10.0.0.1", true],
  ["pods", pod, "spec.hostNetwork=false", true],
  ["nodes", objectOf("n1"), "spec.unschedulable=false", true],
  ["nodes", objectOf("n1", { spec: { unschedulable: true } }), "spec.unschedulable=true", true],
  ["events", event, "involvedObject.name=web,involvedObject.kind=Pod,source=kubelet", true],
  ["events", event, "reason=Killing", false],
  ["secrets", objectOf("s", { type: "Opaque" }), "type=Opaque", true],
  ["jobs", objectOf("j"), "status.successful=0", true],
  ["namespaces", objectOf("n", { status: { phase: "Active" } }), "status.phase=Active", true],
  ["configmaps", objectOf("a,b"), String.raw`metadata.name=a\,b`, true],
];

for (const [plural, object, selector, isChosen] of chosen)
  test(`field selector ${JSON.stringify(selector)} ${isChosen ? "chooses" : "does not choose"} the object among ${plural}`, () => {
    assert.equal(meetsFields(parseFieldSelector(typeOf(plural), selector), object), isChosen);
  });

/** As Kubernetes 1.36 answered. */
const refused: readonly (readonly [plural: string, selector: string, message: string])[] = [
  ["configmaps", "foo=bar", '"foo" is not a known field selector: only "metadata.name", "metadata.namespace"'],
  ["deployments", "metadata.name=x,spec.x=1", '"spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"'],
  ["pods", "foo=bar", "field label not supported: foo"],
  ["nodes", "metadata.namespace=x", "field label not supported: metadata.namespace"],
  ["jobs", "foo=bar", 'field label "foo" not supported for Job'],
  ["configmaps", "metadata.name", "invalid selector: 'metadata.name'; can't understand 'metadata.name'"],
  ["configmaps", "metadata.name in (a)", "invalid selector: 'metadata.name in (a)'; can't understand 'metadata.name in (a)'"],
  ["configmaps", "a=b=c", "invalid field selector: unescaped character in value: 61"],
];

for (const [plural, selector, message] of refused)
  test(`field selector ${JSON.stringify(selector)} for ${plural} is refused in the API server's words`, () => {
    const refusal = refusalOf(() => parseFieldSelector(typeOf(plural), selector));
    assert.deepEqual([refusal.code, refusal.reason, refusal.message], [400, "BadRequest", message]);
  });
