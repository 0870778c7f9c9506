import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { join } from "node:path";
import { asdic, isEmbedded, kubectl, needsKernel, unredacted, usePlace } from "./asdic.ts";
import { compareKinds, compareTables, type Difference, type Look } from "./compare-tables.ts";

/** What `asdic get` and kubectl are both asked for, most of all. */
const usual = [
  "pods",
  "nodes",
  "deployments",
  "replicasets",
  "daemonsets",
  "statefulsets",
  "jobs",
  "cronjobs",
  "services",
  "endpoints",
  "configmaps",
  "persistentvolumeclaims",
  "persistentvolumes",
  "events",
  "ingresses",
  "namespaces",
  "serviceaccounts",
];

/** Kinds of which the embedded cluster may have none. */
const others = [
  "endpointslices",
  "networkpolicies",
  "storageclasses",
  "priorityclasses",
  "poddisruptionbudgets",
  "horizontalpodautoscalers",
  "resourcequotas",
  "roles",
  "rolebindings",
  "clusterroles",
  "clusterrolebindings",
  "apiservices",
  "customresourcedefinitions",
  "limitranges",
  "replicationcontrollers",
  "leases",
  "controllerrevisions",
  "ingressclasses",
  "runtimeclasses",
  "csidrivers",
  "csinodes",
  "volumeattachments",
  "certificatesigningrequests",
  "prioritylevelconfigurations",
  "ipaddresses",
  "servicecidrs",
  "mutatingwebhookconfigurations",
  "validatingwebhookconfigurations",
];

const own = "e2e-get-objects";
const meta = (name: string): object => ({ name, namespace: own });
const template = { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image: "registry.asdic.test/none:1" }] } };
const objects = [
  { apiVersion: "apps/v1", kind: "Deployment", metadata: meta("web"), spec: { replicas: 2, selector: { matchLabels: { app: "web" } }, template } },
  {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: meta("db"),
    spec: { serviceName: "db", replicas: 0, selector: { matchLabels: { app: "web" } }, template },
  },
  {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: meta("nightly"),
    spec: { schedule: "0 3 * * *", suspend: true, jobTemplate: { spec: { template: { spec: { ...template.spec, restartPolicy: "Never" } } } } },
  },
  { apiVersion: "batch/v1", kind: "Job", metadata: meta("waits"), spec: { suspend: true, template: { spec: { ...template.spec, restartPolicy: "Never" } } } },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: meta("web"),
    spec: {
      type: "NodePort",
      selector: { app: "web" },
      ports: [
        { name: "a", port: 80 },
        { name: "b", port: 443 },
      ],
    },
  },
  { apiVersion: "v1", kind: "Service", metadata: meta("out"), spec: { type: "ExternalName", externalName: "example.test" } },
  {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: meta("data"),
    spec: { storageClassName: "none", accessModes: ["ReadWriteOnce", "ReadOnlyMany"], resources: { requests: { storage: "1Gi" } } },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: meta("web"),
    spec: {
      rules: ["a", "b"].map((host) => ({
        host: `${host}.example.test`,
        http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } }] },
      })),
    },
  },
];

describe("asdic get", () => {
  const place = usePlace("get");
  const file = join(place.folder, "snapshot.tar.gz");
  before(async () => {
    await kubectl("delete", "namespace", own, "--ignore-not-found");
    await kubectl("create", "namespace", own);
    const path = join(place.folder, "objects.json");
    await writeFile(path, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
    await kubectl("create", "--validate=false", "-f", path);
    const { data } = JSON.parse(await readFile(join(import.meta.dirname, "../fixtures/yaml/odd-texts.json"), "utf8")) as { readonly data: object };
    const odd = join(place.folder, "odd.json");
    await writeFile(odd, JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "odd-texts", namespace: own }, data }));
    await kubectl("create", "-f", odd);
    // Until its pods have been seen to wait for an image that is nowhere.
    await kubectl("wait", "--for=jsonpath={.status.replicas}=2", "deployment/web", "-n", own, "--timeout=60s");
  });
  after(() => kubectl("delete", "namespace", own, "--ignore-not-found", "--wait=false"));

  it("shows of every usual kind the columns that kubectl shows, cell by cell besides ages", async () => {
    // What others change meanwhile is looked at again, with a snapshot of its own.
    const kinds = [...usual, ...(isEmbedded ? [] : others)];
    const forms = [[], ["-o", "wide"]];
    // Of events neither prints the kind, because their names are in no column.
    let left: readonly Look[] = forms.flatMap((form) => [
      { kinds: kinds.filter((kind) => kind !== "events"), form },
      { kinds: ["events"], form },
    ]);
    let differences: readonly Difference[] = [];
    for (let attempt = 0; attempt < 5 && left.length > 0; attempt++) {
      const taken = await asdic(["snapshot", "-o", file, "--logs", "none", "--no-kubelets", ...(await unredacted())]);
      assert.equal(taken.code, 0, taken.stderr);
      const found = await Promise.all(left.map((look) => compareKinds(look, ["-n", own], file)));
      differences = found.flat();
      left = left.flatMap(({ form }, index) => ((found[index] ?? []).length === 0 ? [] : [{ form, kinds: (found[index] ?? []).map(({ kind }) => kind) }]));
    }
    assert.deepEqual(differences, []);
  });

  it("shows one kind alone as kubectl does", async () => {
    for (const call of ["service", "cronjobs -o wide", "namespace e2e-get-objects default", "pvc"])
      assert.equal(await compareTables(["get", ...call.split(" "), "-n", own], file), undefined, call);
  });

  it("prints an object as kubectl does", async () => {
    for (const call of ["service web -o json", "service web -o yaml", "configmap odd-texts -o yaml", "serviceaccounts -o yaml"]) {
      const args = ["get", ...call.split(" "), "-n", own];
      assert.equal((await asdic([...args, "-f", file])).stdout, await kubectl(...args));
    }
  });
});

describe("asdic get of custom kinds", needsKernel("the embedded cluster serves no custom kinds"), () => {
  const place = usePlace("get-custom");
  const file = join(place.folder, "snapshot.tar.gz");
  const group = "e2e-get.asdic.dev";
  const column = (name: string, type: string, jsonPath: string): object => ({ name, type, jsonPath });
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `lamps.${group}` },
    spec: {
      group,
      scope: "Cluster",
      names: { plural: "lamps", singular: "lamp", kind: "Lamp", shortNames: ["lmp"] },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          additionalPrinterColumns: [
            column("Watts", "integer", ".spec.watts"),
            column("On", "boolean", ".spec.on"),
            column("Ready", "string", '.status.conditions[?(@.type=="Ready")].status'),
            column("Zone", "string", String.raw`.metadata.labels.e2e\.asdic\.dev/zone`),
            column("First", "string", ".spec.list[0].name"),
            column("Missing", "string", ".spec.missing"),
            { ...column("Second", "string", ".spec.list[1].name"), priority: 1 },
            column("Lit", "date", ".metadata.creationTimestamp"),
          ],
        },
      ],
    },
  };
  const lamp = {
    apiVersion: `${group}/v1`,
    kind: "Lamp",
    metadata: { name: "one", labels: { "e2e.asdic.dev/zone": "a" } },
    spec: { watts: 60, on: false, list: [{ name: "x" }, { name: "y" }] },
    status: { conditions: [{ type: "Ready", status: "True" }] },
  };
  const create = async (name: string, object: object): Promise<void> => {
    await writeFile(join(place.folder, name), JSON.stringify(object));
    await kubectl("create", "-f", join(place.folder, name));
  };
  before(async () => {
    await kubectl("delete", "crd", definition.metadata.name, "--ignore-not-found");
    await create("crd.json", definition);
    await kubectl("wait", "--for=condition=Established", `crd/${definition.metadata.name}`, "--timeout=60s");
    await create("lamp.json", lamp);
    await create("dark.json", { ...lamp, metadata: { name: "dark" }, spec: {}, status: undefined });
  });
  after(() => kubectl("delete", "crd", definition.metadata.name, "--ignore-not-found", "--wait=false"));

  it("shows the columns that their definitions name", async () => {
    const taken = await asdic([
      "snapshot",
      "-o",
      file,
      "--logs",
      "none",
      "--no-kubelets",
      ...(await unredacted()),
      "--groups",
      `${group},apiextensions.k8s.io`,
    ]);
    assert.equal(taken.code, 0, taken.stderr);
    for (const call of ["lamps", "lmp -o wide", `lamp.${group} one`]) assert.equal(await compareTables(["get", ...call.split(" ")], file), undefined);
  });
});
