import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import type { Connection, Credentials } from "../../../core/cluster/connection.ts";
import { canShowItself, fetchKubelet, UntrustedKubelet } from "../../../core/cluster/fetch-kubelet.ts";
import { startKubelet } from "./start-kubelet.ts";
import { makeCertificates, type TestCertificates } from "../../tls.ts";

const connectionOf = (credentials: Credentials, proxy?: string): Connection => ({
  server: "https://api.example.test",
  namespace: undefined,
  identity: { label: "jane", loginHint: "", proxy },
  authenticate: () => Promise.resolve(credentials),
});
const own = { headers: { Authorization: "Bearer own-token" } };
const place = { host: "127.0.0.1", name: "worker-1" };

test("a kubelet whose certificate the cluster's authority has signed for its name or its address is asked, as who asks or with a token", async () => {
  for (const name of ["worker-1", "127.0.0.1"]) {
    const certificates = await makeCertificates(name);
    const { port, heard } = await startKubelet(certificates);
    const connection = connectionOf({ ca: certificates.ca, ...own });
    const answer = await fetchKubelet(connection, { ...place, port }, { path: "/configz" });
    assert.deepEqual([answer.status, await text(answer.body)], [200, "/configz of a kubelet"]);
    await text((await fetchKubelet(connection, { ...place, port, token: "other" }, { path: "/healthz" })).body);
    assert.deepEqual(heard, ["Bearer own-token", "Bearer other"]);
  }
});

test("whoever else answers there hears nothing at all", async () => {
  const [cluster, foreign, otherNode] = await Promise.all(["worker-1", "worker-1", "worker-2"].map((name) => makeCertificates(name)));
  assert.ok(cluster && foreign && otherNode);
  const cases: readonly (readonly [TestCertificates, Credentials])[] = [
    [foreign, { ca: cluster.ca, ...own }],
    [otherNode, { ca: otherNode.ca, ...own }],
    [foreign, own],
    [foreign, { ca: cluster.ca, rejectUnauthorized: false, ...own }],
  ];
  for (const [certificates, credentials] of cases) {
    const kubelet = await startKubelet(certificates);
    for (const token of [undefined, "other"])
      await assert.rejects(fetchKubelet(connectionOf(credentials), { ...place, port: kubelet.port, token }, { path: "/configz" }), UntrustedKubelet);
    assert.deepEqual([kubelet.heard, kubelet.bytes()], [[], 0]);
  }
});

test("where nothing listens, or no TLS is spoken, that is no question of trust", async () => {
  const { ca } = await makeCertificates();
  await assert.rejects(fetchKubelet(connectionOf({ ca, ...own }), { ...place, port: 1 }, { path: "/configz" }), { code: "cluster-unreachable" });
});

test("only who would be known as himself, without a proxy, is shown to kubelets", async () => {
  const ca = "PEM";
  const cases: readonly (readonly [Credentials, string | undefined, boolean])[] = [
    [{ ca, ...own }, undefined, true],
    [{ ca, cert: "PEM", key: "PEM" }, undefined, true],
    [{ ca }, undefined, false],
    [own, undefined, false],
    [{ ca, ...own, rejectUnauthorized: false }, undefined, false],
    [{ ca, ...own }, "proxy.example.test:3128", false],
    [{ ca, headers: { ...own.headers, "Impersonate-User": "joe" } }, undefined, false],
  ];
  const judged = await Promise.all(cases.map(([credentials, proxy]) => canShowItself(connectionOf(credentials, proxy))));
  assert.deepEqual(
    judged,
    cases.map(([, , expected]) => expected),
  );
});
