import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../../core/contract/json.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { createStage, shell } from "./stage.ts";

const environment = (valueFrom: JsonObject): JsonObject => ({ env: [{ name: "X", valueFrom }] });
const startError =
  "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ";

// As the real kubelet of v1.36.3 answers, with UID for the pod's uid.
const refusals: readonly { readonly name: string; readonly container: JsonObject; readonly reason: string; readonly message: string }[] = [
  {
    name: "a key that the ConfigMap does not have",
    container: shell("c", "true", environment({ configMapKeyRef: { name: "cm", key: "nokey" } })),
    reason: "CreateContainerConfigError",
    message: "couldn't find key nokey in ConfigMap default/cm",
  },
  {
    name: "a ConfigMap that is not there",
    container: shell("c", "true", environment({ configMapKeyRef: { name: "none", key: "k" } })),
    reason: "CreateContainerConfigError",
    message: 'configmap "none" not found',
  },
  {
    name: "a Secret that is not there",
    container: shell("c", "true", environment({ secretKeyRef: { name: "none", key: "k" } })),
    reason: "CreateContainerConfigError",
    message: 'secret "none" not found',
  },
  {
    name: "a whole ConfigMap that is not there",
    container: shell("c", "true", { envFrom: [{ configMapRef: { name: "none" } }] }),
    reason: "CreateContainerConfigError",
    message: 'configmap "none" not found',
  },
  {
    name: "an image of root where root is forbidden",
    container: shell("c", "true", { securityContext: { runAsNonRoot: true } }),
    reason: "CreateContainerConfigError",
    message: 'container has runAsNonRoot and image will run as root (pod: "refused_default(UID)", container: c)',
  },
  {
    name: "user 0 where root is forbidden",
    container: shell("c", "true", { securityContext: { runAsNonRoot: true, runAsUser: 0 } }),
    reason: "CreateContainerConfigError",
    message: 'container\'s runAsUser breaks non-root policy (pod: "refused_default(UID)", container: c)',
  },
  {
    name: "a program that is not there",
    container: { ...shell("c", ""), command: ["/no/such/program"] },
    reason: "RunContainerError",
    message: `${startError}exec: "/no/such/program": stat /no/such/program: no such file or directory`,
  },
  {
    name: "a program that is nowhere in the path",
    container: { ...shell("c", ""), command: ["no-such-program"] },
    reason: "RunContainerError",
    message: `${startError}exec: "no-such-program": executable file not found in $PATH`,
  },
  {
    name: "a file that is no program",
    container: { ...shell("c", ""), command: ["/etc/passwd"] },
    reason: "RunContainerError",
    message: `${startError}exec: "/etc/passwd": permission denied`,
  },
  {
    name: "a registry whose host nobody knows",
    container: { ...shell("c", ""), image: "no-such-host.example.invalid/x:v1" },
    reason: "ErrImagePull",
    message:
      'failed to pull and unpack image "no-such-host.example.invalid/x:v1": failed to resolve image: failed to do request: Head "https://no-such-host.example.invalid/v2/x/manifests/v1": dial tcp: lookup no-such-host.example.invalid on 10.96.0.10:53: no such host',
  },
  {
    name: "an image that the registry does not have",
    container: { ...shell("c", ""), image: "registry.asdic.test:5000/does-not-exist:v1" },
    reason: "ErrImagePull",
    message:
      'rpc error: code = NotFound desc = failed to pull and unpack image "registry.asdic.test:5000/does-not-exist:v1": failed to resolve image: registry.asdic.test:5000/does-not-exist:v1: not found',
  },
  {
    name: "a registry that wants a password",
    container: { ...shell("c", ""), image: "registry.asdic.test:5001/private:v1" },
    reason: "ErrImagePull",
    message:
      'failed to pull and unpack image "registry.asdic.test:5001/private:v1": failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
  },
  {
    name: "an image of Docker's registry in its short form",
    container: { ...shell("c", ""), image: "nginx" },
    reason: "ErrImagePull",
    message:
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:latest": failed to resolve image: docker.io/library/nginx:latest: not found',
  },
  {
    name: "capital letters in an image's name",
    container: { ...shell("c", ""), image: "Bad Image!!" },
    reason: "InvalidImageName",
    message:
      'Failed to apply default image tag "Bad Image!!": couldn\'t parse image name "Bad Image!!": invalid reference format: repository name (library/Bad Image!!) must be lowercase',
  },
  {
    name: "an image's name that is none",
    container: { ...shell("c", ""), image: "a//b" },
    reason: "InvalidImageName",
    message: 'Failed to apply default image tag "a//b": couldn\'t parse image name "a//b": invalid reference format',
  },
  {
    name: "an image that must not be pulled",
    container: { ...shell("c", ""), image: "nope/never:1", imagePullPolicy: "Never" },
    reason: "ErrImageNeverPull",
    message: 'Container image "nope/never:1" is not present with pull policy of Never',
  },
];

for (const { name, container, reason, message } of refusals)
  test(`a container waits in the kubelet's own words: ${name}`, async (t) => {
    const stage = await createStage(t);
    stage.create({ kind: "ConfigMap", metadata: { name: "cm", namespace: "default" }, data: { a: "1" } });
    stage.run("refused", { containers: [container] });
    const pod = await stage.until("refused", ({ containers }) => containers[0]?.reason === reason);
    assert.equal(field(pod, "status", "containerStatuses", "0", "state", "waiting", "message"), message.replace("UID", pod.metadata.uid ?? ""));
    const told = stage.events("refused").join("\n");
    assert.match(told, reason.startsWith("Create") || reason === "RunContainerError" ? /Warning Failed spec.containers\{c\}: Error: / : /Warning /);
  });

test("an image that can't be pulled is tried again after a wait, and both are told", async (t) => {
  const stage = await createStage(t, { imageBackOff: { first: 60_000, last: 60_000 } });
  stage.run("waits", { containers: [{ ...shell("c", ""), image: "example.com/none:v1" }] });
  const pod = await stage.until("waits", ({ containers }) => containers[0]?.reason === "ImagePullBackOff");
  const refusal =
    'rpc error: code = NotFound desc = failed to pull and unpack image "example.com/none:v1": failed to resolve image: example.com/none:v1: not found';
  assert.equal(
    field(pod, "status", "containerStatuses", "0", "state", "waiting", "message"),
    `Back-off pulling image "example.com/none:v1": ErrImagePull: ${refusal}`,
  );
  assert.equal(field(pod, "status", "phase"), "Pending");
  assert.deepEqual(stage.events("waits"), [
    'Normal Pulling spec.containers{c}: Pulling image "example.com/none:v1"',
    `Warning Failed spec.containers{c}: Failed to pull image "example.com/none:v1": ${refusal}`,
    "Warning Failed spec.containers{c}: Error: ErrImagePull",
    'Normal BackOff spec.containers{c}: Back-off pulling image "example.com/none:v1"',
    "Warning Failed spec.containers{c}: Error: ImagePullBackOff",
  ]);
  await assert.rejects(stage.readLog("waits"), { code: 400, message: 'container "c" in pod "waits" is waiting to start: trying and failing to pull image' });
});

test("a missing program fails a pod that is not to be restarted, with exit code 128", async (t) => {
  const stage = await createStage(t);
  stage.run("refused", { restartPolicy: "Never", containers: [{ ...shell("c", ""), command: ["/no/such/program"] }] });
  const pod = await stage.until("refused", ({ phase }) => phase === "Failed");
  const terminated = field(pod, "status", "containerStatuses", "0", "state", "terminated");
  assert.equal(field(terminated, "reason"), "StartError");
  assert.equal(field(terminated, "exitCode"), 128);
  assert.equal(field(terminated, "startedAt"), "1970-01-01T00:00:00Z");
});

test("a missing ConfigMap that comes later lets the container start", async (t) => {
  const stage = await createStage(t);
  stage.run("patient", {
    restartPolicy: "Never",
    containers: [shell("c", "echo $X", environment({ configMapKeyRef: { name: "late", key: "k" } }))],
  });
  await stage.until("patient", ({ containers }) => containers[0]?.reason === "CreateContainerConfigError");
  stage.create({ kind: "ConfigMap", metadata: { name: "late", namespace: "default" }, data: { k: "here" } });
  await stage.until("patient", ({ phase }) => phase === "Succeeded");
  assert.equal(await stage.readLog("patient"), "here\n");
});
