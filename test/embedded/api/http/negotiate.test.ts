import assert from "node:assert/strict";
import { test } from "node:test";
import { negotiate } from "../../../../embedded/api/http/negotiate.ts";
import { StatusError } from "../../../../embedded/api/status-error.ts";

const table = "application/json;as=Table;v=v1;g=meta.k8s.io";
const plain = { pretty: null, userAgent: "kubectl/v1.36.3" };

test("an answer comes in the first form that is asked for and can be had", () => {
  const cases = {
    "": ["object", "json"],
    "*/*": ["object", "json"],
    "application/yaml": ["object", "yaml"],
    "application/yaml;q=0.5, application/json": ["object", "json"],
    [table]: ["Table", "json"],
    [`application/json;as=Table;v=v1beta1;g=meta.k8s.io,${table},application/json`]: ["Table", "json"],
    "application/json;as=Nonesuch;g=meta.k8s.io;v=v1, application/json": ["object", "json"],
    "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1": ["PartialObjectMetadataList", "json"],
    "application/vnd.kubernetes.protobuf,application/json": ["object", "json"],
  };
  for (const [accept, [as, notation]] of Object.entries(cases)) {
    assert.deepEqual(negotiate(accept, plain), { as, notation, pretty: false }, accept);
  }
});

test("people get it indented: curl, browsers, and whoever says so", () => {
  assert.equal(negotiate(undefined, { pretty: null, userAgent: "curl/8.0" }).pretty, true);
  assert.equal(negotiate(undefined, { pretty: "", userAgent: "x" }).pretty, true);
  assert.equal(negotiate(undefined, { pretty: "false", userAgent: "curl/8.0" }).pretty, false);
});

test("what can't be had is not acceptable", () => {
  const refusal = (accept: string): string => {
    try {
      negotiate(accept, plain);
    } catch (error) {
      if (error instanceof StatusError) return `${error.code} ${error.message}`;
    }
    return "";
  };
  assert.match(refusal("text/plain"), /^406 406: Not Acceptable\n\nAvailable representations: application\/json, /);
  assert.match(refusal("application/json;as=Table;v=v2;g=meta.k8s.io"), /^406 only the following media types are accepted: application\/json, /);
});
