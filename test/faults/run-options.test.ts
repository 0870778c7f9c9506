import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { labels } from "../../core/contract/names.ts";
import { field } from "../../core/kubernetes/field.ts";
import { world } from "./matrix/world.ts";
import { buildPluginFile } from "./plugin-files.ts";
import { startStage } from "./stage.ts";

const namespace = "optioned";
const taint = { key: "dedicated", value: "asdic", effect: "NoSchedule" };
const tainted = world.map((object: object) => (field(object, "kind") === "Node" ? { ...object, spec: { taints: [taint] } } : object));
const there: readonly KubernetesObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "diagnostics", namespace } },
  { apiVersion: "v1", kind: "Secret", metadata: { name: "there", namespace }, type: "kubernetes.io/dockerconfigjson", data: { ".dockerconfigjson": "e30=" } },
];

/** Its own tolerations would decide otherwise. */
const { podSpec: _, ...withoutPodSpec } = buildPluginFile({
  name: "job",
  script: 'test "$LEVEL" = high && echo yes > $RESULTS_DIR/out && echo $RESULTS_DIR/out > $RESULTS_DIR/done',
});

test("what the flags say of pods is so in the cluster, and the run that needs it passes", async () => {
  const stage = await startStage(tainted);
  try {
    const signal = AbortSignal.timeout(280_000);
    for (const object of there) stage.create(object);
    await writeFile(join(stage.folder, "job.yaml"), JSON.stringify(withoutPodSpec));
    await writeFile(join(stage.folder, "config.json"), '{"auths":{"registry.asdic.test":{"auth":"eA=="}}}');
    const words = `run --wait --no-retrieve -n ${namespace} -p job.yaml@renamed --plugin-env renamed.LEVEL=high aggregator.ASDIC_TEST=1
      --toleration dedicated=asdic:NoSchedule --annotation sidecar.istio.io/inject=false --image-pull-secret there made=config.json
      --service-account-name diagnostics --existing-service-account --aggregator-resources limits.memory=1Gi --plugin-timeout renamed=60s`;
    const run = stage.asdic(words.split(/\s+/), signal);
    const over = new AbortController();
    void run.then(({ stdout, stderr }) => over.abort(new Error(`the run ended before its pods were seen: ${stdout}${stderr}`)));
    const [aggregator, plugin] = await Promise.all(
      ["aggregator", "plugin"].map((role) =>
        stage.until(["v1", "Pod"], { namespace, labelSelector: `${labels.role}=${role}`, is: () => true, signal: AbortSignal.any([signal, over.signal]) }),
      ),
    );
    const { code, stdout, stderr } = await run;
    assert.equal(code, 0, stdout + stderr);
    for (const pod of [aggregator, plugin]) {
      assert.equal(pod?.metadata.annotations?.["sidecar.istio.io/inject"], "false");
      assert.deepEqual(field(pod, "spec", "imagePullSecrets"), [{ name: "there" }, { name: "made" }]);
      assert.match(JSON.stringify(field(pod, "spec", "tolerations")), /"key":"dedicated","operator":"Equal","value":"asdic","effect":"NoSchedule"/);
    }
    assert.equal(field(plugin, "spec", "serviceAccountName"), "diagnostics");
    assert.match(JSON.stringify(field(aggregator, "spec", "containers")), /"name":"ASDIC_TEST","value":"1"/);
    assert.match(JSON.stringify(field(aggregator, "spec", "containers")), /"limits":\{"memory":"1Gi"\}/);
    const removed = await stage.asdic(["delete", "--wait", "-n", namespace], signal);
    assert.equal(removed.code, 0, removed.stderr);
    const left = ["ServiceAccount", "Secret"].flatMap((kind) => {
      const type = stage.api.types.ofKind("v1", kind) ?? assert.fail();
      return stage.api.list(type, { namespace }).map(({ metadata }) => metadata.name);
    });
    assert.deepEqual(
      left.filter((name) => name !== "default"),
      ["diagnostics", "there"],
    );
  } finally {
    await stage.close();
  }
});
