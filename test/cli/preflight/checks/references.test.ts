import assert from "node:assert/strict";
import { test } from "node:test";
import { references } from "../../../../cli/preflight/checks/references.ts";
import { definition, runPlan } from "../../definitions.ts";
import { startObjectServer } from "../../object-server.ts";
import { checkInput } from "../check-input.ts";

const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "asdic" } };
const definitions = [
  definition({ name: "plain" }),
  definition({ name: "named", podSpec: { serviceAccountName: "theirs", containers: [] } }),
  definition({ name: "sonobuoys", podSpec: { serviceAccountName: "sonobuoy-serviceaccount", containers: [] } }),
  definition({ name: "unnamed", podSpec: { containers: [] } }),
];
const plan = runPlan(definitions, { serviceAccount: "mine", imagePullSecrets: ["there", "made"] });
const setup = { ...plan.setup, isAccountThere: true, pullSecrets: [{ name: "made", dockerConfig: "{}" }] };

async function check(there: readonly string[], isNamespaceThere = true) {
  const server = await startObjectServer();
  for (const path of there) server.put(`/api/v1/namespaces/asdic/${path}`, { apiVersion: "v1", metadata: { name: path.split("/")[1] ?? "" } });
  return references.run({ ...checkInput({ ...plan, setup }, {}), cluster: server.cluster, namespace: isNamespaceThere ? namespace : undefined });
}

test("what pods name and the run doesn't make is looked for, and nothing else", async () => {
  const { seen, problems } = await check(["serviceaccounts/mine", "serviceaccounts/theirs", "secrets/there"]);
  assert.deepEqual([seen, problems], ["There are ServiceAccount mine, ServiceAccount theirs, Secret there.", []]);
});

test("what is missing is an error that says who suffers and what makes it", async () => {
  const { problems } = await check([]);
  assert.deepEqual(
    problems.map(({ severity, sentence, fix }) => `${severity} ${sentence} ${fix}`),
    [
      "error There is no ServiceAccount mine in namespace asdic: the pods of plain, sonobuoys would be refused. `kubectl create serviceaccount mine -n asdic` makes it; or leave --existing-service-account out, so that the run does.",
      "warning There is no ServiceAccount theirs in namespace asdic: the pods of named would be refused. `kubectl create serviceaccount theirs -n asdic` makes it; or change the plugin's podSpec.",
      "error There is no Secret there in namespace asdic: images would be pulled without its credentials. `--image-pull-secret there=FILE` makes it from Docker's config.json.",
    ],
  );
});

test("in a namespace that is not there yet there is nothing", async () => {
  const { problems } = await check(["serviceaccounts/mine", "serviceaccounts/theirs", "secrets/there"], false);
  assert.equal(problems.length, 3);
});

test("a run that makes all of it asks nothing", async () => {
  const usual = runPlan([definition()]);
  assert.deepEqual(await references.run(checkInput(usual, {})), { seen: "The run makes all accounts and Secrets that its pods name.", problems: [] });
});

test("a plugin's secrets that a manifest leaves out are to be there, those that the run makes are not looked for", async () => {
  const made = definition({ name: "made", dialect: "asdic/v1", secrets: [{ name: "key", env: "KEY" }] });
  const left = definition({
    name: "left",
    dialect: "asdic/v1",
    secrets: [
      { name: "key", env: "KEY" },
      { name: "key", file: "/key" },
      { name: "ca", file: "/ca" },
    ],
  });
  const run = runPlan([made, left]);
  const pluginSecrets = [{ plugin: "made", values: new Map([["key", Buffer.from("x")]]) }];
  const { problems } = await references.run({ ...checkInput({ ...run, setup: { ...run.setup, pluginSecrets } }, {}), namespace: undefined });
  assert.deepEqual(
    problems.map(({ sentence }) => sentence),
    ["There is no Secret asdic-plugin-left in namespace asdic: plugin left would wait in vain for its secrets key, ca."],
  );
});
