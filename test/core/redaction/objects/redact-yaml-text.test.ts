import assert from "node:assert/strict";
import { test } from "node:test";
import { redact } from "../redact.ts";

const texts: readonly (readonly [what: string, name: string, text: string])[] = [
  ["headers of which one comes twice", "a.log", "Authorization: Token «9944b09199c62bcf»\nHost: a\nAuthorization: ApiKey «abc123xyz»\n"],
  ["a plain value of several words", "a.yaml", "header: Authorization Bearer «abcdef¦123456.ghi»\nb: c\n"],
  [
    "a pod as kubectl describes it",
    "describe.txt",
    "Name:         web-0\nNamespace:    default\nLabels:       app=web\nCommand:\n  sh\n  -c\n  run --password=«hunter2»\nEnvironment:\n  DB_PASSWORD:   «d3scribe-pw»\n  LOG_LEVEL:     info\nSecretName:  abc-token-1\n",
  ],
  [
    "two containers as kubectl describes them",
    "describe.txt",
    "Containers:\n  a:\n    State:  Running\n    Args:\n      --token\n      «abc123def4»\n    State:  Waiting\n    Environment:\n      API_KEY:  «k3y-1»\n    Environment:\n      API_KEY:  «k3y-2»\n",
  ],
  ["a map that has a name twice", "a.yaml", "db:\n  password: «one-1»\ndb:\n  password: «two-2»\n"],
];

for (const [what, name, text] of texts)
  test(`${what}: nothing but the secrets changes`, async () => {
    const marked = text.replaceAll("¦", "");
    assert.equal((await redact(name, marked.replaceAll(/[«»]/g, ""))).text, marked.replaceAll(/«[^»]*»/g, "REDACTED"));
  });
