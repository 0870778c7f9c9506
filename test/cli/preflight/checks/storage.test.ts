import assert from "node:assert/strict";
import { test } from "node:test";
import { storage } from "../../../../cli/preflight/checks/storage.ts";
import { definition, runPlan } from "../../definitions.ts";
import { startObjectServer } from "../../object-server.ts";
import { checkInput } from "../check-input.ts";

const plan = runPlan([definition()]);
const path = "/apis/storage.k8s.io/v1/storageclasses";

async function check(wanted: { readonly className: string | undefined } | undefined, there: readonly (readonly [name: string, isDefault: boolean])[]) {
  const server = await startObjectServer();
  for (const [name, isDefault] of there)
    server.put(`${path}/${name}`, {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name, annotations: { "storageclass.kubernetes.io/is-default-class": String(isDefault) } },
    });
  const aggregator = { ...plan.setup.aggregator, storage: wanted && { ...wanted, size: "1Gi" } };
  const { seen, problems } = await storage.run({ ...checkInput({ ...plan, setup: { ...plan.setup, aggregator } }, {}), cluster: server.cluster });
  return problems.length === 0 ? seen : problems.map(({ severity, sentence, fix }) => `${severity} ${sentence} ${fix}`).join("\n");
}

const slow = ["slow", false] as const;
const usual = ["usual", true] as const;

test("the class that is named, or the default one, must be there", async () => {
  assert.equal(await check(undefined, []), "The run needs no volume.");
  assert.equal(await check({ className: "slow" }, [slow]), "There is StorageClass slow.");
  assert.equal(await check({ className: undefined }, [slow, usual]), "The default StorageClass is usual.");
});

test("one that is missing is an error that names those that are there", async () => {
  assert.equal(
    await check({ className: "fast" }, [slow, usual]),
    "error There is no StorageClass fast, so the aggregator would wait for its volume for ever; there are slow, usual. Name one that is there: --storage-class slow",
  );
  assert.equal(
    await check({ className: undefined }, [slow]),
    "error The cluster has no default StorageClass, so the aggregator would wait for its volume for ever; there is slow. Name one that is there: --storage-class slow",
  );
  assert.equal(
    await check({ className: undefined }, []),
    "error The cluster has no default StorageClass, so the aggregator would wait for its volume for ever; there is none at all. Leave --storage-class out; `kubectl get storageclass` shows them.",
  );
});
