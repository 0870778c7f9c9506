import assert from "node:assert/strict";
import { test } from "node:test";
import { version } from "../../../../cli/preflight/checks/version.ts";
import { runPlan } from "../../definitions.ts";
import { checkInput } from "../check-input.ts";

for (const { serverVersion, says } of [
  { serverVersion: "v1.36.3", says: [] },
  { serverVersion: "v1.27.0-eks-1234", says: [] },
  { serverVersion: "v1.30.4+k3s1", says: [] },
  { serverVersion: "v1.26.15", says: ["error The server's version v1.26.15 is too old."] },
  { serverVersion: "v1.99.0", says: ["warning The server's version v1.99.0 is newer than this asdic knows."] },
  { serverVersion: "v2.0.0", says: ["warning The server's version v2.0.0 is newer than this asdic knows."] },
  { serverVersion: "master", says: ["warning The server's version master can't be compared."] },
])
  test(`version: ${serverVersion}`, async () => {
    const { problems } = await version.run(checkInput(runPlan([], { serverVersion }), {}));
    assert.deepEqual(
      problems.map(({ severity, sentence }) => `${severity} ${sentence}`),
      says,
    );
  });
