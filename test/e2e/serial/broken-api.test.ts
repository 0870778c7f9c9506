import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Cluster } from "../../../core/cluster/cluster.ts";
import { connect } from "../../../core/cluster/connect.ts";
import { asdic, needsKernel, readTarball, usePlace } from "../asdic.ts";

const group = "broken.e2e.asdic.dev";
const service = { apiVersion: "apiregistration.k8s.io/v1", kind: "APIService", name: `v1.${group}` };

// Alone, because no namespace goes away while an API is broken.
describe("asdic snapshot of a cluster with a broken API", needsKernel("the embedded cluster serves no APIs of others"), () => {
  const place = usePlace("broken-api");
  let cluster: Cluster;
  before(async () => {
    cluster = await connect({ environment: process.env });
    await cluster.delete(service);
    await cluster.create({
      apiVersion: service.apiVersion,
      kind: service.kind,
      metadata: { name: service.name },
      spec: {
        group,
        version: "v1",
        groupPriorityMinimum: 1000,
        versionPriority: 15,
        insecureSkipTLSVerify: true,
        service: { name: "none", namespace: "default" },
      },
    });
  });
  after(() => cluster.delete(service));

  it("costs that API alone, and says so", async () => {
    const { code, stderr } = await asdic(["snapshot", "-o", place.tarball, "--logs", "none", "--no-kubelets"], place.folder);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /Could not be read \(1; /);
    assert.match(stderr, new RegExp(`get /apis/${group}/v1: `));
    const files = await readTarball(place.tarball);
    assert.ok(files.has("resources/ns/kube-system/core_v1_pods.json"));
    assert.ok(files.has("resources/cluster/apiregistration.k8s.io_v1_apiservices.json"));
  });
});
