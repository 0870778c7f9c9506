import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { JsonObject } from "../../../../core/contract/json.ts";
import { createStage, shell } from "./stage.ts";

const settings: readonly JsonObject[] = [
  { kind: "ConfigMap", metadata: { name: "cm", namespace: "default" }, data: { a: "1", b: "2" }, binaryData: { bin: "AAEC" } },
  { kind: "Secret", metadata: { name: "s", namespace: "default" }, data: { password: "c2VzYW1l" } },
];

const readable: readonly { readonly name: string; readonly volume: JsonObject; readonly script: string; readonly output: string }[] = [
  { name: "every key of a ConfigMap", volume: { configMap: { name: "cm" } }, script: "cd /v; cat a b; od -An -tx1 bin", output: "12 00 01 02\n" },
  {
    name: "chosen keys under other names, each with its mode",
    volume: {
      configMap: {
        name: "cm",
        defaultMode: 0o600,
        items: [
          { key: "a", path: "deep/er/x" },
          { key: "b", path: "y", mode: 0o440 },
        ],
      },
    },
    script: "cd /v; cat deep/er/x y; stat -L -c ' %a' deep/er/x y; ls",
    output: "12 600\n 440\ndeep\ny\n",
  },
  { name: "an optional Secret that is not there", volume: { secret: { secretName: "none", optional: true } }, script: "ls /v", output: "" },
  { name: "a Secret", volume: { secret: { secretName: "s" } }, script: "cat /v/password", output: "sesame" },
  {
    name: "the pod's own fields",
    volume: {
      downwardAPI: {
        items: [
          { path: "labels", fieldRef: { fieldPath: "metadata.labels" } },
          { path: "cpu", resourceFieldRef: { containerName: "c", resource: "limits.cpu", divisor: "1m" } },
        ],
      },
    },
    script: "cat /v/labels; echo; cat /v/cpu",
    output: 'app="x"\ntier="y"\n250',
  },
  {
    name: "several sources in one folder",
    volume: {
      projected: {
        sources: [
          { configMap: { name: "cm", items: [{ key: "a", path: "a" }] } },
          { secret: { name: "s" } },
          { serviceAccountToken: { audience: "run", path: "token" } },
        ],
      },
    },
    script: "cat /v/a /v/password; ls /v; grep -c 'token of default for run in reader' /v/token",
    output: "1sesamea\npassword\ntoken\n1\n",
  },
  { name: "an empty folder for everybody", volume: { emptyDir: {} }, script: "stat -c %a /v; touch /v/x; ls /v", output: "777\nx\n" },
  { name: "the node's name in its /etc/hostname", volume: { hostPath: { path: "/", type: "Directory" } }, script: "cat /v/etc/hostname", output: "worker-1\n" },
  { name: "a folder that a hostPath makes", volume: { hostPath: { path: "/srv/x", type: "DirectoryOrCreate" } }, script: "touch /v/y; ls /v", output: "y\n" },
];

for (const { name, volume, script, output } of readable)
  test(`a volume shows ${name}`, async (t) => {
    const stage = await createStage(t);
    settings.map(stage.create);
    stage.run(
      "reader",
      {
        restartPolicy: "Never",
        volumes: [{ name: "v", ...volume }],
        containers: [shell("c", script, { volumeMounts: [{ name: "v", mountPath: "/v" }], resources: { limits: { cpu: "250m" } } })],
      },
      { labels: { tier: "y", app: "x" } },
    );
    await stage.until("reader", ({ phase }) => phase === "Succeeded" || phase === "Failed");
    assert.equal(await stage.readLog("reader"), output);
  });

const claim = (name: string): JsonObject => ({
  kind: "PersistentVolumeClaim",
  metadata: { name, namespace: "default" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
});

// As the real kubelet of v1.36.3 says them.
const refused: readonly { readonly volume: JsonObject; readonly message: string }[] = [
  { volume: { configMap: { name: "none" } }, message: 'MountVolume.SetUp failed for volume "v" : configmap "none" not found' },
  {
    volume: { configMap: { name: "cm", items: [{ key: "zz", path: "z" }] } },
    message: 'MountVolume.SetUp failed for volume "v" : configmap references non-existent config key: zz',
  },
  { volume: { secret: { secretName: "none" } }, message: 'MountVolume.SetUp failed for volume "v" : secret "none" not found' },
  {
    volume: { secret: { secretName: "s", items: [{ key: "zz", path: "z" }] } },
    message: 'MountVolume.SetUp failed for volume "v" : references non-existent secret key: zz',
  },
  { volume: { projected: { sources: [{ configMap: { name: "none" } }] } }, message: 'MountVolume.SetUp failed for volume "v" : configmap "none" not found' },
  {
    volume: { hostPath: { path: "/nope", type: "Directory" } },
    message: 'MountVolume.SetUp failed for volume "v" : hostPath type check failed: /nope is not a directory',
  },
  {
    volume: { hostPath: { path: "/nope", type: "File" } },
    message: 'MountVolume.SetUp failed for volume "v" : hostPath type check failed: /nope is not a file',
  },
  {
    volume: { hostPath: { path: "/nope", type: "Socket" } },
    message: 'MountVolume.SetUp failed for volume "v" : hostPath type check failed: /nope is not a socket file',
  },
  {
    volume: { persistentVolumeClaim: { claimName: "none" } },
    message:
      'Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process volumes=[v]: error processing PVC default/none: failed to fetch PVC from API server: persistentvolumeclaims "none" not found',
  },
  {
    volume: { persistentVolumeClaim: { claimName: "pending" } },
    message:
      "Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process volumes=[v]: error processing PVC default/pending: PVC is not bound",
  },
];

for (const { volume, message } of refused)
  test(`a pod waits for its volume: ${message}`, async (t) => {
    const stage = await createStage(t);
    [...settings, claim("pending")].map(stage.create);
    stage.run("waits", { volumes: [{ name: "v", ...volume }], containers: [shell("c", "true", { volumeMounts: [{ name: "v", mountPath: "/v" }] })] });
    assert.equal(await stage.untilEvent("waits", "FailedMount"), `Warning FailedMount : ${message}`);
    await stage.until("waits", ({ containers }) => containers[0]?.reason === "ContainerCreating");
  });

test("a volume never leads out of the node or out of itself", async (t) => {
  const stage = await createStage(t);
  const root = join(stage.folder, "root");
  mkdirSync(join(root, "srv"));
  symlinkSync("/etc", join(root, "srv/out"));
  stage.run("by-link", {
    volumes: [{ name: "v", hostPath: { path: "/srv/out" } }],
    containers: [shell("c", "true", { volumeMounts: [{ name: "v", mountPath: "/v" }] })],
  });
  assert.match(await stage.untilEvent("by-link", "FailedMount"), /\/srv\/out leads out of the node/);
  const volumeMounts = [{ name: "v", mountPath: "/v", subPath: "out/x" }];
  stage.run("by-sub-path", { volumes: [{ name: "v", hostPath: { path: "/srv" } }], containers: [shell("c", "true", { volumeMounts })] });
  assert.match(await stage.untilEvent("by-sub-path", "Failed"), /failed to prepare subPath for volumeMount "v" of container "c"/);
});

test("a subPath shows one part of a volume, with variables in its name", async (t) => {
  const stage = await createStage(t);
  settings.map(stage.create);
  stage.run("parts", {
    restartPolicy: "Never",
    volumes: [
      { name: "cm", configMap: { name: "cm" } },
      { name: "e", emptyDir: {} },
    ],
    containers: [
      shell("c", "cat /one; echo kept > /mine/x; ls /all", {
        env: [{ name: "WHO", value: "me" }],
        volumeMounts: [
          { name: "cm", mountPath: "/one", subPath: "b" },
          { name: "e", mountPath: "/mine", subPathExpr: "of-$(WHO)" },
          { name: "e", mountPath: "/all" },
        ],
      }),
    ],
  });
  await stage.until("parts", ({ phase }) => phase === "Succeeded");
  assert.equal(await stage.readLog("parts"), "2of-me\n");
});

test("a changed ConfigMap and an old token are renewed while the container runs", async (t) => {
  const stage = await createStage(t, { report: 200 });
  settings.map(stage.create);
  const until = (what: string): string => `until ${what}; do sleep 0.05; done`;
  const pod = stage.run("watches", {
    restartPolicy: "Never",
    volumes: [
      { name: "cm", configMap: { name: "cm" } },
      { name: "t", projected: { sources: [{ serviceAccountToken: { audience: "run", path: "token", expirationSeconds: 600 } }] } },
      { name: "e", emptyDir: {} },
    ],
    containers: [
      shell("c", `cp /t/token $HOLD; echo began; ${until("grep -q new /cm/a")}; ${until("! cmp -s /t/token $HOLD")}; echo seen`, {
        env: [{ name: "HOLD", value: "/e/held" }],
        volumeMounts: [
          { name: "cm", mountPath: "/cm" },
          { name: "t", mountPath: "/t" },
          { name: "e", mountPath: "/e" },
        ],
      }),
    ],
  });
  stage.api.modify({ type: stage.api.types.ofKind("v1", "ConfigMap") ?? assert.fail(), namespace: "default", name: "cm" }, (old) => ({
    ...old,
    data: { a: "new" },
  }));
  await stage.until("watches", ({ containers }) => containers[0]?.state === "running");
  const log = await stage.kubelet.agent.readLog(pod, { container: "c", previous: false, follow: true, timestamps: false, signal: stage.signal });
  for await (const chunk of log) if (String(chunk).includes("began")) break;
  stage.moveClock(500_000);
  await stage.until("watches", ({ phase }) => phase === "Succeeded");
});

test("a folder that holds more than its limit ends its pod", async (t) => {
  const stage = await createStage(t);
  stage.run("overfull", {
    volumes: [{ name: "v", emptyDir: { sizeLimit: "1Ki" } }],
    containers: [shell("c", "trap 'exit 0' TERM; head -c 2048 /dev/zero > /v/x; sleep 1000 & wait", { volumeMounts: [{ name: "v", mountPath: "/v" }] })],
  });
  const pod = await stage.until("overfull", ({ phase }) => phase === "Failed");
  assert.match(JSON.stringify(pod["status"]), /"reason":"Evicted","message":"Usage of EmptyDir volume \\"v\\" exceeds the limit \\"1Ki\\". "/);
});
