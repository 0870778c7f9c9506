import assert from "node:assert/strict";
import { test } from "node:test";
import { certificateExpiry } from "../../../core/cluster/certificate-expiry.ts";
import { openCluster } from "../../../core/cluster/open-cluster.ts";
import { makeSelfSigned } from "../../tls.ts";
import { replay, startApiServer } from "./api-server.ts";

const { cert: expired } = await makeSelfSigned(new Date("2024-02-03T00:00:00Z"));

test("a client certificate that ran out is told apart from other refused credentials", async () => {
  const { connection } = await startApiServer((_request, response) => replay(response, "unauthorized"));
  const cluster = openCluster({ ...connection, authenticate: () => Promise.resolve({ cert: expired }) });
  await assert.rejects(cluster.get({ apiVersion: "v1", kind: "Node", name: "n" }), {
    code: "credentials-expired",
    message: `The client certificate of user "jane" (context "prod") expired on 2024-02-03.`,
  });
});

test("a valid, missing or broken certificate has not expired", async () => {
  const { cert: valid } = await makeSelfSigned(new Date(Date.now() + 86_400_000));
  for (const credentials of [{}, { cert: valid }, { cert: "nonsense" }])
    assert.equal(await certificateExpiry({ authenticate: () => Promise.resolve(credentials) }), undefined);
  assert.equal(await certificateExpiry({ authenticate: () => Promise.reject(new Error("no")) }), undefined);
});
