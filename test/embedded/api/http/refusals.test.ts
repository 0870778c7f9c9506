import assert from "node:assert/strict";
import { test } from "node:test";
import type { Call } from "./open-server.ts";
import { json, openServer } from "./open-server.ts";

const { api, call, type } = await openServer();
api.create(type("v1", "ConfigMap"), { metadata: { name: "a", namespace: "space" } });
const maps = "/api/v1/namespaces/space/configmaps";

type Case = readonly [call: string, options: Call, code: number, reason: string, message: string];
const post = (body: string | Buffer, contentType = "application/json"): Call => ({ body, headers: { "content-type": contentType } });
const patch = (body: string, kind: string): Call => post(body, `application/${kind}`);
const noResource = "the server could not find the requested resource";
const noMethod = "the server does not allow this method on the requested resource";
const unrecognized = "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: ";
const typeMeta = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;
const bad = (why: string): string => `ConfigMap in version "v1" cannot be handled as a ConfigMap: ${why}`;

/** As Kubernetes v1.36.3 answered. */
const cases: readonly Case[] = [
  ["GET /api/v1/nonesuch", {}, 404, "NotFound", noResource],
  ["GET /api/v1/namespaces/space/nodes/x", {}, 404, "NotFound", noResource],
  ["GET /api/v1/configmaps/a", {}, 404, "NotFound", noResource],
  ["GET /apis/apps/v2", {}, 404, "NotFound", noResource],
  [`GET ${maps}/a/status`, {}, 404, "NotFound", noResource],
  [`GET ${maps}/none`, {}, 404, "NotFound", 'configmaps "none" not found'],
  [`PUT ${maps}`, {}, 405, "MethodNotAllowed", noMethod],
  [`POST ${maps}/a`, {}, 405, "MethodNotAllowed", noMethod],
  ["POST /api/v1/configmaps", {}, 405, "MethodNotAllowed", noMethod],
  ["DELETE /api/v1/configmaps", {}, 405, "MethodNotAllowed", noMethod],
  ["DELETE /api/v1/namespaces", {}, 405, "MethodNotAllowed", noMethod],
  ["POST /version", {}, 405, "MethodNotAllowed", noMethod],
  [`OPTIONS ${maps}/a`, {}, 405, "MethodNotAllowed", noMethod],
  [
    `GET ${maps}/a`,
    { headers: { accept: "text/html" } },
    406,
    "NotAcceptable",
    "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf",
  ],
  [
    `POST ${maps}`,
    post("x", "text/plain"),
    415,
    "UnsupportedMediaType",
    "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf",
  ],
  [`PATCH ${maps}/a`, post("{}"), 415, "UnsupportedMediaType", "415: Unsupported Media Type"],
  [`POST ${maps}`, post(Buffer.alloc(30 * 1024 * 1024, " ")), 413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728"],
  [`POST ${maps}`, post(""), 400, "BadRequest", `${unrecognized}unexpected end of JSON input (<empty>)`],
  [`POST ${maps}`, post("{bad"), 400, "BadRequest", `${unrecognized}invalid character 'b' looking for beginning of object key string ({bad)`],
  [`POST ${maps}`, post("[]"), 400, "BadRequest", `${unrecognized}json: cannot unmarshal array into Go value of type ${typeMeta} (5b5d)`],
  [
    `POST ${maps}`,
    post('{"kind":5}'),
    400,
    "BadRequest",
    `${unrecognized}json: cannot unmarshal number into Go struct field .kind of type string ({"kind":5})`,
  ],
  [
    `POST ${maps}`,
    post('{"metadata":"a"}'),
    400,
    "BadRequest",
    bad("json: cannot unmarshal string into Go struct field ConfigMap.metadata of type v1.ObjectMeta"),
  ],
  [
    `POST ${maps}`,
    post('{"kind":"Pod","apiVersion":"v1"}'),
    400,
    "BadRequest",
    'Pod in version "v1" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion',
  ],
  [
    `POST ${maps}`,
    post('{"kind":"ConfigMap","apiVersion":"v2"}'),
    400,
    "BadRequest",
    'ConfigMap in version "v2" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"',
  ],
  [
    `POST ${maps}`,
    post('{"metadata":{"name":"x","namespace":"other"}}'),
    400,
    "BadRequest",
    "the namespace of the provided object does not match the namespace sent on the request",
  ],
  [
    `POST ${maps}?fieldValidation=Strict`,
    post('{"metadata":{"name":"x"},"data":{"a":"1","a":"2"}}'),
    400,
    "BadRequest",
    bad('strict decoding error: duplicate field "data.a"'),
  ],
  [`POST ${maps}?fieldValidation=Strict`, post('{"metadata":{"name":"x"},"foo":1}'), 400, "BadRequest", bad('strict decoding error: unknown field "foo"')],
  [`POST ${maps}`, post('{"metadata":{"name":"a"}}'), 409, "AlreadyExists", 'configmaps "a" already exists'],
  [`PUT ${maps}/a`, post('{"metadata":{"name":"b"}}'), 400, "BadRequest", "the name of the object (b) does not match the name on the URL (a)"],
  [`PUT ${maps}/a`, post('{"metadata":{}}'), 400, "BadRequest", "the name of the object (a based on URL) was undeterminable: name must be provided"],
  [`PATCH ${maps}/a`, patch("{", "merge-patch+json"), 400, "BadRequest", "error decoding patch: unexpected end of JSON input"],
  [`PATCH ${maps}/a`, patch("{", "strategic-merge-patch+json"), 400, "BadRequest", "unexpected end of JSON input"],
  [
    `PATCH ${maps}/a`,
    patch("{}", "json-patch+json"),
    400,
    "BadRequest",
    "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp",
  ],
  [
    `PATCH ${maps}/a`,
    patch('{"metadata":{"name":"b"}}', "merge-patch+json"),
    400,
    "BadRequest",
    "the name of the object (b) does not match the name on the URL (a)",
  ],
  [
    `PATCH ${maps}/a`,
    patch("{}", "apply-patch+yaml"),
    422,
    "Invalid",
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  ],
  [
    `PATCH ${maps}/a?fieldManager=x`,
    patch(":{", "apply-patch+yaml"),
    400,
    "BadRequest",
    "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type map[string]interface {}",
  ],
  [
    `PATCH ${maps}/a?force=true`,
    patch("{}", "merge-patch+json"),
    422,
    "Invalid",
    'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
  ],
  [
    `PATCH ${maps}/a?dryRun=foo`,
    patch("{}", "merge-patch+json"),
    422,
    "Invalid",
    'PatchOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["foo"]: supported values: "All"',
  ],
  [`GET ${maps}?limit=foo`, {}, 400, "BadRequest", 'strconv.ParseInt: parsing "foo": invalid syntax'],
  [
    `GET ${maps}?continue=abc`,
    {},
    400,
    "BadRequest",
    "invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value",
  ],
  [`GET ${maps}?labelSelector=a==,=b`, {}, 400, "BadRequest", "found '=', expected: identifier after ','"],
  [`GET ${maps}?fieldSelector=a=b`, {}, 400, "BadRequest", '"a" is not a known field selector: only "metadata.name", "metadata.namespace"'],
  [
    `GET ${maps}?resourceVersion=abc`,
    {},
    400,
    "BadRequest",
    'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
  ],
  [
    `GET ${maps}?resourceVersionMatch=Exact`,
    {},
    422,
    "Invalid",
    'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
  ],
  [
    `GET ${maps}?watch=1&sendInitialEvents=true`,
    {},
    422,
    "Invalid",
    'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
  ],
  [
    `DELETE ${maps}/a`,
    post('{"propagationPolicy":"Foo"}'),
    422,
    "Invalid",
    'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Foo": supported values: "Foreground", "Background", "Orphan", "nil"',
  ],
  [
    `DELETE ${maps}/a?orphanDependents=true&propagationPolicy=Foreground`,
    {},
    422,
    "Invalid",
    'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Foreground": orphanDependents and deletionPropagation cannot be both set',
  ],
  [
    `DELETE ${maps}/a`,
    post("{bad"),
    400,
    "BadRequest",
    "couldn't get version/kind; json parse error: invalid character 'b' looking for beginning of object key string",
  ],
  [
    `GET ${maps}/a?includeObject=foo`,
    { headers: { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" } },
    400,
    "BadRequest",
    "Unable to convert to Table as requested: includeObject: Invalid value: \"foo\": must be 'Metadata', 'Object', 'None', or empty",
  ],
  [
    `GET ${maps}`,
    { headers: { accept: "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io" } },
    406,
    "NotAcceptable",
    "you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)",
  ],
  [
    "GET /api/v1/pods",
    { anonymous: true },
    403,
    "Forbidden",
    'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope',
  ],
  [
    "GET /api/v1/namespaces/x/pods/y/log",
    { anonymous: true },
    403,
    "Forbidden",
    'pods "y" is forbidden: User "system:anonymous" cannot get resource "pods/log" in API group "" in the namespace "x"',
  ],
  ["GET /foo", { anonymous: true }, 403, "Forbidden", 'forbidden: User "system:anonymous" cannot get path "/foo"'],
  [
    "GET /apis/none/v1/foos",
    { anonymous: true },
    403,
    "Forbidden",
    'foos.none is forbidden: User "system:anonymous" cannot list resource "foos" in API group "none" at the cluster scope',
  ],
  ["GET /api/v1/pods", { anonymous: true, headers: { authorization: "Bearer x" } }, 401, "Unauthorized", "Unauthorized"],
  [
    `GET ${maps}`,
    { headers: { "impersonate-user": "bob" } },
    403,
    "Forbidden",
    'configmaps is forbidden: User "bob" cannot list resource "configmaps" in API group "" in the namespace "space"',
  ],
];

test("each refusal is a Status with the code, reason and words of the real server", async () => {
  for (const [line, options, code, reason, message] of cases) {
    const [method = "", path = ""] = line.split(" ");
    const reply = await call(path, { method, ...options });
    assert.deepEqual([reply.code, reply.body["reason"], reply.body["message"]], [code, reason, message], `${line}: ${reply.text.slice(0, 300)}`);
    assert.deepEqual([reply.body["kind"], reply.body["status"], reply.body["code"]], ["Status", "Failure", code], line);
    assert.equal(reply.headers["content-type"], "application/json", line);
  }
});

test("what no API group knows is not even a Status", async () => {
  for (const path of ["/foo", "/apis/none/v1", "/apis/none/v1/foos", "/healthz/none", "/openapi/v4"]) {
    const { code, headers, text } = await call(path);
    assert.deepEqual([code, headers["content-type"], text], [404, "text/plain; charset=utf-8", "404 page not found\n"], path);
  }
});

test("a revision that is yet to come is a time-out with its cause", async () => {
  const { code, body, headers } = await call(`${maps}?resourceVersion=99999999`);
  assert.equal(code, 504);
  assert.match(String(body["message"]), /^Timeout: Too large resource version: 99999999, current: \d+$/);
  assert.deepEqual(body["details"], { causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }], retryAfterSeconds: 1 });
  assert.equal(headers["retry-after"], "1");
});

test("fields that nobody knows are taken with a warning", async () => {
  const body = JSON.stringify({ metadata: { name: "warned" }, 'f"ö\u0001': 1 });
  const { code, headers } = await call(maps, { method: "POST", headers: json, body });
  assert.equal(code, 201);
  const warning = Buffer.from(String(headers["warning"]), "latin1").toString("utf8");
  assert.match(warning, /^299 - "unknown field .*ö/);
});
