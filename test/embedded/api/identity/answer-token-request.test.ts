import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeJwt } from "jose";
import type { JsonObject } from "../../../../core/contract/json.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { answerTokenRequest } from "../../../../embedded/api/identity/answer-token-request.ts";
import { createIdentity } from "../../../../embedded/api/identity/create-identity.ts";
import { notFound } from "../../../../embedded/api/status-error.ts";
import type { ObjectKey } from "../../../../embedded/api/store/store.ts";
import { createStage, home, pod } from "../stage.ts";

const stage = createStage(...home(), pod({}, { serviceAccountName: "default", nodeName: "n" }), { apiVersion: "v1", kind: "Node", metadata: { name: "n" } });
stage.put(pod({}, { serviceAccountName: "other" }, { name: "stranger" }));
const clock = { now: () => new Date("2026-01-01T00:00:00Z") };
const issuer = "https://kubernetes.default.svc.cluster.local";

const ask = async (spec: JsonObject, name = "default") => {
  const get = (key: ObjectKey) => {
    const object = stage.store.get(key);
    if (!object) throw notFound(key.type, key.name);
    return object;
  };
  const identity = await createIdentity({ ...stage, clock });
  return answerTokenRequest({ namespace: "ns", name, object: { spec }, api: { get, types: stage.types }, identity, clock });
};

test("a request without wishes gives an hour at the API server", async () => {
  const { status, ...answer } = await ask({});
  assert.deepEqual(answer, {
    kind: "TokenRequest",
    apiVersion: "authentication.k8s.io/v1",
    metadata: { name: "default", namespace: "ns", uid: "uid-default", creationTimestamp: "2026-01-01T00:00:00Z" },
    spec: { audiences: [issuer], expirationSeconds: 3600, boundObjectRef: null },
  });
  assert.equal(field(status, "expirationTimestamp"), "2026-01-01T01:00:00Z");
});

test("a token that is bound to a pod names the pod and its node", async () => {
  const boundObjectRef = { kind: "Pod", apiVersion: "v1", name: "p" };
  const answer = await ask({ audiences: ["vault"], expirationSeconds: 600, boundObjectRef });
  assert.deepEqual(answer["spec"], { audiences: ["vault"], expirationSeconds: 600, boundObjectRef });
  assert.deepEqual(decodeJwt(String(field(answer, "status", "token")))["kubernetes.io"], {
    namespace: "ns",
    node: { name: "n", uid: "uid-n" },
    pod: { name: "p", uid: "uid-p" },
    serviceaccount: { name: "default", uid: "uid-default" },
  });
});

const bound = (name: string, more: JsonObject = {}) => ({ boundObjectRef: { kind: "Pod", apiVersion: "v1", name, ...more } });
const mistakes: readonly (readonly [spec: JsonObject, code: number, message: string])[] = [
  [
    { expirationSeconds: 5 },
    422,
    'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes',
  ],
  [
    { expirationSeconds: 99999999999 },
    422,
    'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 99999999999: may not specify a duration larger than 2^32 seconds',
  ],
  [bound("nope"), 404, 'pods "nope" not found'],
  [bound("p", { kind: "Foo" }), 400, "cannot bind token to object of type /v1, Kind=Foo"],
  [bound("stranger"), 400, 'cannot bind token for serviceaccount "default" to pod running with different serviceaccount name "other".'],
  [
    bound("p", { uid: "x" }),
    409,
    'Operation cannot be fulfilled on Pod "p": the UID in the bound object reference (x) does not match the UID in record. ' +
      "The object might have been deleted and then recreated",
  ],
];

for (const [spec, code, message] of mistakes) test(message, () => assert.rejects(ask(spec), { code, message }));

test("an account that is missing has no tokens", () => assert.rejects(ask({}, "nope"), { code: 404, message: 'serviceaccounts "nope" not found' }));
