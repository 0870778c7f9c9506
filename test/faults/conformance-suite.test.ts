import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { isJsonObject } from "../../core/contract/json.ts";
import { labels } from "../../core/contract/names.ts";
import { field } from "../../core/kubernetes/field.ts";
import { world } from "./matrix/world.ts";
import { startStage } from "./stage.ts";

test("the suite's Secrets and files are accepted by an API server, its pod finds them, and they go with the run", async () => {
  const stage = await startStage(world);
  try {
    const signal = AbortSignal.timeout(280_000);
    const key = String(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }));
    await writeFile(join(stage.folder, "key"), key);
    await writeFile(join(stage.folder, "config.json"), '{"auths":{"registry.asdic.test":{"auth":"dXNlcjpzZWNyZXQ="}}}');
    await writeFile(join(stage.folder, "repositories.yaml"), "gcRegistry: registry.asdic.test/k8s\n");
    await writeFile(
      join(stage.folder, "suite.yaml"),
      "plugin: [conformance]\npermissions: admin\nsshKey: key\nsshUser: core\ne2eDockerConfigFile: config.json\ne2eRepoConfig: repositories.yaml\nmode: quick\n",
    );
    const { code, stderr } = await stage.asdic(["run", "-n", "suite", "--config", "suite.yaml", "--kubernetes-version", "v1.33.1"], signal);
    assert.deepEqual([code, stderr.includes("admin rights")], [0, true], stderr);
    const pod = await stage.until(["v1", "Pod"], { namespace: "suite", labelSelector: `${labels.plugin}=conformance`, signal, is: () => true });
    const containers = field(pod["spec"], "containers");
    const container = Array.isArray(containers) ? containers.find((each) => isJsonObject(each) && each["name"] === "conformance") : undefined;
    assert.equal(field(container, "image"), "registry.k8s.io/conformance:v1.33.1");
    assert.match(JSON.stringify(field(container, "volumeMounts")), /\/root\/\.ssh.*\/tmp\/sonobuoy\/config/);
    const secret = await stage.until(["v1", "Secret"], { namespace: "suite", signal, is: ({ metadata }) => metadata.name === "asdic-ssh-key" });
    assert.equal(Buffer.from(String(field(secret, "data", "id_rsa")), "base64").toString(), key);
    // A Secret that a volume names and that isn't there would keep the pod from being started at all.
    await stage.untilPod("conformance", { namespace: "suite", signal, is: ({ containers: seen }) => JSON.stringify(seen).includes("ErrImagePull") });
    assert.equal((await stage.asdic(["delete", "-n", "suite", "--wait"], signal)).code, 0);
    const secrets = stage.api.types.ofKind("v1", "Secret") ?? assert.fail();
    assert.deepEqual(stage.api.list(secrets, { namespace: "suite" }), []);
  } finally {
    await stage.close();
  }
});
