import assert from "node:assert/strict";
import { test } from "node:test";
import { field } from "../../../../core/kubernetes/field.ts";
import { decodeObject } from "../../../../embedded/api/http/protobuf/decode-object.ts";
import { openServer } from "./open-server.ts";

/** As kubectl v1.36.3 sent it for `create configmap foo --from-literal=a=b`. */
const configMap = Buffer.from("6b3873000a0f0a0276311209436f6e6669674d6170121d0a130a03666f6f12001a0022002a0032003800420012060a01611201621a002200", "hex");

const varint = (value: number): readonly number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]);
const bytes = (number: number, value: Buffer | string): Buffer => {
  const content = Buffer.from(value);
  return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(content.length)]), content]);
};
const integer = (number: number, value: number): Buffer => Buffer.from([...varint(number << 3), ...varint(value)]);
const message = (number: number, ...parts: readonly Buffer[]): Buffer => bytes(number, Buffer.concat(parts));
const envelope = (apiVersion: string, kind: string, ...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from("k8s\0"), message(1, bytes(1, apiVersion), bytes(2, kind)), message(2, ...parts)]);

test("what kubectl sends as protobuf is read as the JSON that it stands for", () => {
  assert.deepEqual(decodeObject(configMap), { metadata: { name: "foo" }, data: { a: "b" }, apiVersion: "v1", kind: "ConfigMap" });
});

test("pointers keep their zero, other fields lose it, and embedded structs stand among their neighbours", () => {
  const container = message(
    2,
    bytes(1, "c"),
    bytes(2, "image"),
    bytes(14, ""),
    message(10, message(1, message(1, bytes(1, "true"), bytes(1, "it is"))), integer(2, 5)),
  );
  const limits = message(2, bytes(1, "d"), message(8, message(1, bytes(1, "cpu"), message(2, bytes(1, "100m")))));
  const time = message(1, bytes(1, "d"), message(8, integer(1, 1_700_000_000)));
  const template = message(3, message(2, container, limits));
  assert.deepEqual(decodeObject(envelope("apps/v1", "Deployment", time, message(2, integer(1, 0), template, integer(5, 0)))), {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "d", creationTimestamp: "2023-11-14T22:13:20Z" },
    spec: {
      replicas: 0,
      template: {
        spec: {
          containers: [
            { name: "c", image: "image", livenessProbe: { exec: { command: ["true", "it is"] }, initialDelaySeconds: 5 } },
            { name: "d", resources: { limits: { cpu: "100m" } } },
          ],
        },
      },
    },
  });
});

test("a port by number and one by name are told apart", () => {
  const ports = [message(1, bytes(1, "a"), message(4, integer(1, 0), integer(2, 8080))), message(1, bytes(1, "b"), message(4, integer(1, 1), bytes(3, "web")))];
  const service = decodeObject(envelope("v1", "Service", message(2, ...ports)));
  assert.deepEqual(field(service, "spec", "ports"), [
    { name: "a", targetPort: 8080 },
    { name: "b", targetPort: "web" },
  ]);
});

test("a kind that is not known is an unknown format, and damaged bytes are a bad request", async () => {
  const { call } = await openServer();
  const send = (body: Buffer) =>
    call("/api/v1/namespaces/space/configmaps", { method: "POST", body, headers: { "content-type": "application/vnd.kubernetes.protobuf" } });
  assert.equal((await send(envelope("a/v1", "B"))).code, 415);
  for (let length = 0; length < configMap.length - 4; length += 3) assert.equal((await send(configMap.subarray(0, length))).code, 400, String(length));
  assert.equal((await send(configMap)).code, 201);
});
