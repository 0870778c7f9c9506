import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { assertWhole, lossPlugins, quickAccepted, readNodes, untilLogged } from "../aggregator-pod.ts";
import { asdic, isEmbedded, kubectl, readTarball, usePlace } from "../asdic.ts";
import { onLabNode } from "../lab-node.ts";

const name = "asdic-e2e-volume";
const folder = `/var/lib/${name}`;

describe("an aggregator with a volume, whose pod is deleted without a word", () => {
  const place = usePlace("loss-volume");
  const { namespace } = place;

  before(async () => {
    // Nobody provisions volumes in the lab, so one is there already, on one node.
    const [node = ""] = await readNodes("!node-role.kubernetes.io/control-plane");
    if (!isEmbedded) onLabNode(node, `mkdir -p ${folder}`);
    const storageClass = {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name },
      provisioner: isEmbedded ? "asdic.dev/folder" : "kubernetes.io/no-provisioner",
      ...(!isEmbedded && { volumeBindingMode: "WaitForFirstConsumer" }),
    };
    const file = join(place.folder, "storage.json");
    await writeFile(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: isEmbedded ? [storageClass] : [storageClass, buildVolume(node)] }));
    await kubectl("create", "--validate=false", "-f", file);
  });
  after(async () => {
    await kubectl("delete", "storageclass", name);
    if (isEmbedded) return;
    await kubectl("delete", "pv", name, "--ignore-not-found");
    for (const node of await readNodes("!node-role.kubernetes.io/control-plane")) onLabNode(node, `rm -rf ${folder}`);
  });

  it("is replaced by one that has all of its results, and gathers none of them again", async () => {
    const nodes = await readNodes();
    const run = await asdic(["run", "-n", namespace, "--storage-class", name, "--storage-size", "1Gi", ...lossPlugins]);
    assert.equal(run.code, 0, run.stdout + run.stderr);
    const waiting = asdic(["wait", "-n", namespace]);
    const first = await untilLogged(namespace, quickAccepted, { times: nodes.length + 1 });
    await kubectl("delete", "pod", "-n", namespace, first, "--grace-period=0", "--force");
    const second = await untilLogged(namespace, /"going on from the journal"/, { seconds: 60 });
    assert.notEqual(second, first);
    const waited = await waiting;
    assert.equal(waited.code, 0, waited.stdout + waited.stderr);
    const retrieved = await asdic(["retrieve", "-n", namespace, "-o", place.tarball]);
    assert.equal(retrieved.code, 0, retrieved.stderr);
    const files = await readTarball(place.tarball);
    assertWhole(files, nodes);
    const log = String(files.get("meta/run.log")).split("\n");
    assert.equal(log.filter((line) => quickAccepted.test(line)).length, nodes.length + 1, "what was accepted is not asked for again");
  });

  it("leaves no claim behind", async () => {
    const deleted = await asdic(["delete", "-n", namespace, "--wait"]);
    assert.equal(deleted.code, 0, deleted.stderr);
    assert.equal(await kubectl("get", "pvc", "-A", "-l", "component=sonobuoy", "-o", "name"), "");
  });
});

const buildVolume = (node: string): object => ({
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name },
  spec: {
    capacity: { storage: "1Gi" },
    accessModes: ["ReadWriteOnce"],
    persistentVolumeReclaimPolicy: "Retain",
    storageClassName: name,
    local: { path: folder },
    nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [node] }] }] } },
  },
});
