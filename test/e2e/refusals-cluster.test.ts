import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { makeSelfSigned } from "../tls.ts";
import { asdic, kubectl, pluginFile, usePlace } from "./asdic.ts";

type User = { readonly token: string } | { readonly "client-certificate-data": string; readonly "client-key-data": string };

/** Writes the kubeconfig of the cluster under test for another user, and at another server if one is named. */
async function writeKubeconfig(path: string, user: User, otherServer?: string): Promise<string> {
  const { clusters } = JSON.parse(await kubectl("config", "view", "--raw", "--minify", "-o", "json"));
  const cluster = { ...clusters[0].cluster, ...(otherServer === undefined ? {} : { server: otherServer }) };
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "here", cluster }],
    users: [{ name: "jane", user }],
    contexts: [{ name: "jane@here", context: { cluster: "here", user: "jane" } }],
    "current-context": "jane@here",
  };
  writeFileSync(path, JSON.stringify(kubeconfig));
  return path;
}

/** A client certificate signed by nobody whom the cluster knows. */
async function makeStranger(notAfter: Date): Promise<User> {
  const { cert, key } = await makeSelfSigned(notAfter);
  const encode = (pem: string): string => Buffer.from(pem).toString("base64");
  return { "client-certificate-data": encode(cert), "client-key-data": encode(key) };
}

const tomorrow = (): Date => new Date(Date.now() + 86_400_000);

describe("a cluster that can't be used", () => {
  const { namespace, folder } = usePlace("refusals-cluster");
  const cases: readonly { readonly what: string; readonly user: () => User | Promise<User>; readonly server?: string; readonly says: readonly RegExp[] }[] = [
    {
      what: "is not there",
      user: () => ({ token: "any" }),
      server: "https://127.0.0.1:1",
      says: [/API server https:\/\/127\.0\.0\.1:1 cannot be reached/, /kubeconfig/],
    },
    { what: "has no name", user: () => ({ token: "any" }), server: "https://asdic.invalid:6443", says: [/asdic\.invalid:6443 cannot be reached/] },
    {
      what: "does not know the token",
      user: () => ({ token: "wrong" }),
      says: [/does not accept the credentials of user "jane" \(context "jane@here"\)/, /token/],
    },
    { what: "does not know who signed the certificate", user: () => makeStranger(tomorrow()), says: [/does not accept the credentials of user "jane"/] },
    {
      what: "is shown a certificate that has expired",
      user: () => makeStranger(new Date("2024-02-03T00:00:00Z")),
      says: [/client certificate of user "jane" \(context "jane@here"\) expired on 2024-02-03/, /new kubeconfig/],
    },
  ];
  for (const { what, user, server, says } of cases)
    it(`that ${what} ends every command with 3 and one message that says so`, async () => {
      const kubeconfig = await writeKubeconfig(join(folder, "kubeconfig"), await user(), server);
      for (const command of ["run", "status", "wait", "retrieve", "delete"]) {
        const { code, stdout, stderr } = await asdic([command, "-n", namespace, "--kubeconfig", kubeconfig], folder);
        assert.deepEqual([code, stdout], [3, ""], `${command}: ${stderr}`);
        for (const part of says) assert.match(stderr, part);
        assert.equal(stderr.match(/^error: /gm)?.length, 1, stderr);
      }
    });

  it("that is not in the kubeconfig is wrong use", async () => {
    const kubeconfig = await writeKubeconfig(join(folder, "kubeconfig"), { token: "any" });
    writeFileSync(join(folder, "broken"), "clusters: [\n");
    for (const [args, says] of [
      [["--kubeconfig", kubeconfig, "--context", "nowhere"], /no context "nowhere" .*there are: jane@here/],
      [["--kubeconfig", "no-such-file"], /There is no kubeconfig no-such-file/],
      [["--kubeconfig", "broken"], /broken, line \d/],
    ] as const) {
      const { code, stderr } = await asdic(["run", "-n", namespace, ...args], folder);
      assert.equal(code, 2, stderr);
      assert.match(stderr, says);
    }
  });
});

describe("a person without the rights", () => {
  const { namespace, folder } = usePlace("refusals-rights");
  const accounts = "e2e-refusals-accounts";
  const remove = async (): Promise<void> => {
    await kubectl("delete", "clusterrole,clusterrolebinding", accounts, `${accounts}-half`, "--ignore-not-found");
    await kubectl("delete", "namespace", accounts, "--ignore-not-found");
  };
  before(async () => {
    await remove();
    await kubectl("create", "namespace", accounts);
  });
  after(remove);
  const become = async (account: string): Promise<string> => {
    await kubectl("create", "serviceaccount", account, "-n", accounts);
    return writeKubeconfig(join(folder, account), { token: (await kubectl("create", "token", account, "-n", accounts)).trim() });
  };

  it("is told verb and resource, and how to ask for them", async () => {
    const kubeconfig = await become("nobody");
    for (const [command, says] of [
      ["run", /You may not get (ConfigMap "asdic-run" in namespace|Namespace) "e2e-refusals-rights"/],
      ["status", /You may not (get (ConfigMap "asdic-run"|Deployment "asdic-aggregator")|list pods) in namespace "e2e-refusals-rights"/],
      ["retrieve", /You may not get Secret "asdic-token" in namespace "e2e-refusals-rights"/],
      ["delete", /You may not get Namespace "e2e-refusals-rights"/],
    ] as const) {
      const { code, stderr } = await asdic([command, "-n", namespace, "--kubeconfig", kubeconfig], folder);
      assert.equal(code, 3, stderr);
      assert.match(stderr, says);
      assert.match(stderr, /kubectl auth can-i (get|list) /);
    }
  });

  it("is told before anything is created, and leaves nothing behind where only a part could be", async () => {
    const kubeconfig = await become("maker");
    await kubectl("create", "clusterrole", accounts, "--verb=get,list,create,delete", `--resource=${created.join(",")}`);
    // To give a role what one has not got takes these two.
    const granting = { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles", "rolebindings"], verbs: ["get", "create", "delete", "escalate", "bind"] };
    await kubectl("patch", "clusterrole", accounts, "--type=json", "-p", JSON.stringify([{ op: "add", path: "/rules/-", value: granting }]));
    await kubectl("create", "clusterrolebinding", accounts, `--clusterrole=${accounts}`, `--serviceaccount=${accounts}:maker`);
    const told = await asdic(["run", "-n", namespace, "--kubeconfig", kubeconfig], folder);
    assert.deepEqual([told.code, told.stdout], [3, ""], told.stderr);
    assert.match(told.stderr, /nothing was created\.\nrights: You may not [^\n]*create, escalate and bind clusterroles; create clusterrolebindings/);
    assert.match(told.stderr, /`kubectl auth can-i create clusterroles\.rbac\.authorization\.k8s\.io`/);
    assert.equal(await kubectl("get", "namespace", namespace, "--ignore-not-found"), "");
    const { code, stdout, stderr } = await asdic(["run", "-n", namespace, "--kubeconfig", kubeconfig, "--skip-preflight=rights"], folder);
    assert.deepEqual([code, stdout], [3, ""], stderr);
    assert.match(stderr, /You may not create clusterroles\. What had been created was deleted again\./);
    assert.match(stderr, /kubectl auth can-i create clusterroles/);
    await kubectl("wait", "--for=delete", `namespace/${namespace}`, "--timeout=60s");
  });

  it("is told what is left where it could not be deleted again", async () => {
    const kubeconfig = await become("half-maker");
    await kubectl("create", "clusterrole", `${accounts}-half`, "--verb=get,list,create", `--resource=${created.join(",")}`);
    await kubectl("create", "clusterrolebinding", `${accounts}-half`, `--clusterrole=${accounts}-half`, `--serviceaccount=${accounts}:half-maker`);
    const { code, stderr } = await asdic(["run", "-n", namespace, "--kubeconfig", kubeconfig, "--skip-preflight=rights"], folder);
    assert.equal(code, 3, stderr);
    assert.match(stderr, new RegExp(`Not all that had been created could be deleted again: .*Namespace ${namespace}\\.`));
    assert.match(stderr, new RegExp(`asdic delete -n ${namespace}`));
    const removal = await asdic(["delete", "--wait", "-n", namespace], folder);
    assert.equal(removal.code, 0, removal.stderr);
    assert.equal(await kubectl("get", "namespace", namespace, "--ignore-not-found"), "");
  });

  const created = ["namespaces", "configmaps", "secrets", "services", "serviceaccounts", "deployments.apps"];
});

describe("a namespace in use", () => {
  const { namespace, folder } = usePlace("refusals-in-use");
  const run = () => asdic(["run", "-n", namespace, "-p", pluginFile("jobs/exit-zero.yaml")], folder);

  it("is refused to a second run, with the commands that help, and the first goes on", async () => {
    const [one, other] = await Promise.all([run(), run()]);
    assert.deepEqual(new Set([one.code, other.code]), new Set([0, 2]), one.stderr + other.stderr);
    for (const { code, stdout, stderr } of [one.code === 2 ? one : other, await run()]) {
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /The namespace e2e-refusals-in-use holds a run already \([a-z0-9]{8}\)/);
      for (const command of ["status", "delete"]) assert.match(stderr, new RegExp(`asdic ${command} -n ${namespace}`));
    }
    const waited = await asdic(["wait", "-n", namespace], folder);
    assert.equal(waited.code, 0, waited.stdout + waited.stderr);
  });

  it("is refused while it is being deleted", async () => {
    // The finalizer keeps the deletion from ending before the next command looks.
    const finalize = (finalizers: readonly string[]) =>
      kubectl("patch", "configmap", "asdic-run", "-n", namespace, "--type=merge", "-p", JSON.stringify({ metadata: { finalizers } }));
    await finalize(["asdic.dev/e2e"]);
    try {
      await asdic(["delete", "-n", namespace], folder);
      const { code, stderr } = await run();
      assert.equal(code, 2, stderr);
      assert.match(stderr, /The namespace e2e-refusals-in-use is still being deleted\.\nWait for that with `asdic delete -n e2e-refusals-in-use --wait`/);
    } finally {
      await finalize([]);
    }
  });
});
