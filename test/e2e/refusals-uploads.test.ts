import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { request } from "node:https";
import { connect as connectTcp } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { asdic, forwardPort, image, kubectl, readTarball, usePlace } from "./asdic.ts";

const sleeping = (name: string): string =>
  `sonobuoy-config:\n  driver: Job\n  plugin-name: ${name}\nspec:\n  image: registry.k8s.io/e2e-test-images/busybox:1.37.0-1\n  command: [sleep, "3600"]\n`;

type Sent = { readonly method?: string; readonly path: string; readonly token?: string; readonly headers?: Record<string, string>; readonly body?: string };

describe("uploads that the aggregator must not take", () => {
  const { namespace, folder, tarball } = usePlace("refusals-uploads");
  let aggregator: ReturnType<typeof forwardPort>;
  let ca: string;
  const tokens = { sleeper: "", greedy: "", stranger: "", unbound: "", otherAudience: "", otherCluster: "" };
  const pods = new Map<string, string>();

  const find = (selector: string, field: string) => kubectl("get", "pods", "-n", namespace, "-l", selector, "-o", `jsonpath={.items[0].${field}}`);
  const makeToken = async (account: string, ...args: readonly string[]) => (await kubectl("create", "token", account, "-n", namespace, ...args)).trim();

  before(async () => {
    for (const name of ["sleeper", "greedy"]) writeFileSync(join(folder, `${name}.yaml`), sleeping(name));
    const run = await asdic(["run", "-n", namespace, "--image", image, "-p", "sleeper.yaml", "-p", "greedy.yaml"], folder);
    assert.equal(run.code, 0, run.stderr);
    const runId = /^Run (\S+)/.exec(run.stdout)?.[1] ?? "";
    const countRunning = async (): Promise<number> =>
      (await kubectl("get", "pods", "-n", namespace, "-l", "sonobuoy-plugin", "-o", "jsonpath={.items[*].status.containerStatuses[*].ready}")).match(/true/g)
        ?.length ?? 0;
    const twoPods = 4;
    for (let tries = 0; tries < 240 && (await countRunning()) < twoPods; tries++) await sleep(500);
    for (const name of ["sleeper", "greedy"]) pods.set(name, await find(`sonobuoy-plugin=${name}`, "metadata.name"));
    const secret = await kubectl("get", "secret", "asdic-tls", "-n", namespace, "-o", "jsonpath={.data.ca\\.crt}");
    ca = Buffer.from(secret, "base64").toString();
    aggregator = forwardPort(namespace, await find("asdic.dev/role=aggregator", "metadata.name"), 8080);
    const bindTo = (pod = "") => ["--bound-object-kind", "Pod", "--bound-object-name", pod];
    const audience = ["--audience", `asdic-run-${runId}`];
    const account = "sonobuoy-serviceaccount";
    for (const name of ["sleeper", "greedy"] as const) tokens[name] = await makeToken(account, ...audience, ...bindTo(pods.get(name)));
    tokens.stranger = await makeToken("asdic-aggregator", ...audience, ...bindTo(await find("asdic.dev/role=aggregator", "metadata.name")));
    tokens.unbound = await makeToken(account, ...audience);
    tokens.otherAudience = await makeToken(account, ...bindTo(pods.get("sleeper")));
    // The claims of a good one, and the signature of another.
    tokens.otherCluster = [...tokens.sleeper.split(".").slice(0, 2), tokens.unbound.split(".")[2]].join(".");
  });

  after(() => aggregator.close());

  /** The path goes out as it is written here. */
  const send = async ({
    method = "PUT",
    path,
    token,
    headers = {},
    body,
  }: Sent): Promise<{ readonly status: number; readonly answer: { readonly error?: string } }> => {
    const port = await aggregator.open();
    return new Promise((resolve, reject) => {
      const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const sent = request({
        host: "127.0.0.1",
        port,
        ca,
        servername: "asdic-aggregator",
        method,
        path,
        headers: { ...authorization, ...headers },
        agent: false,
      });
      sent.once("error", reject);
      sent.once("response", (response) => {
        json(response)
          .then((answer) => resolve({ status: response.statusCode ?? 0, answer: answer as { error?: string } }))
          .catch(reject)
          .finally(() => sent.destroy());
      });
      // What is announced and never sent stays open, so that it is refused by its headers alone.
      if (headers["content-length"] === undefined) sent.end(body);
      else sent.flushHeaders();
    });
  };

  const own = "/api/v1/results/global/sleeper";
  const cases: readonly (Omit<Sent, "token"> & { readonly what: string; readonly as?: keyof typeof tokens; readonly status: number })[] = [
    { what: "a result without a token", path: own, body: "x", status: 401 },
    { what: "progress without a token", method: "POST", path: "/api/v1/progress/global/sleeper", body: "{}", status: 401 },
    { what: "a poll without a token", method: "POST", path: "/asdic/v1/poll", body: "{}", status: 401 },
    { what: "a token that is none", path: own, headers: { authorization: "Bearer nonsense" }, status: 401 },
    { what: "a password", path: own, headers: { authorization: "Basic YTpi" }, status: 401 },
    { what: "a token of the right account and audience, but of no pod", path: own, as: "unbound", status: 401 },
    { what: "a token of the right pod, but for another audience", path: own, as: "otherAudience", status: 401 },
    { what: "a token that another key signed", path: own, as: "otherCluster", status: 401 },
    { what: "a token of a pod that is no worker's", path: own, as: "stranger", status: 403 },
    { what: "a plugin that there is not", path: "/api/v1/results/global/nobody", as: "sleeper", status: 403 },
    { what: "another worker's plugin", path: "/api/v1/results/global/greedy", as: "sleeper", status: 403 },
    { what: "another worker's progress", method: "POST", path: "/api/v1/progress/global/greedy", as: "sleeper", body: "{}", status: 403 },
    { what: "a node that there is not", path: "/api/v1/results/by-node/nowhere/sleeper", as: "sleeper", status: 403 },
    { what: "a path that leads up", path: "/api/v1/results/../../../etc/passwd", as: "sleeper", status: 400 },
    { what: "a node that leads up", path: "/api/v1/results/by-node/..%2F..%2Fetc/sleeper", as: "sleeper", status: 400 },
    { what: "a plugin that leads up", path: "/api/v1/results/global/%2e%2e", as: "sleeper", status: 400 },
    { what: "a backslash", path: "/api/v1/results/global/..%5Csleeper", as: "sleeper", status: 400 },
    { what: "a NUL", path: "/api/v1/results/global/sleeper%00", as: "sleeper", status: 400 },
    { what: "a path that is not encoded properly", path: "/api/v1/results/global/%zz", as: "sleeper", status: 400 },
    { what: "progress that is no JSON", method: "POST", path: "/api/v1/progress/global/sleeper", as: "sleeper", body: "{", status: 400 },
    { what: "progress of a wrong shape", method: "POST", path: "/api/v1/progress/global/sleeper", as: "sleeper", body: '{"completed":"a"}', status: 400 },
    { what: "a path that there is not", path: "/api/v2/anything", as: "sleeper", status: 404 },
    { what: "no plugin", path: "/api/v1/results/global/", as: "sleeper", status: 404 },
    { what: "another method", method: "DELETE", path: own, as: "sleeper", status: 405 },
    { what: "the status without the run's token", method: "GET", path: "/asdic/v1/status", as: "sleeper", status: 401 },
    { what: "the tarball with a wrong one", method: "GET", path: "/asdic/v1/tarball", headers: { "x-asdic-token": "0".repeat(64) }, status: 401 },
    { what: "more than the limit", path: "/api/v1/results/global/greedy", as: "greedy", headers: { "content-length": String(2 ** 40) }, status: 413 },
  ];
  for (const { what, as: who, status, ...sent } of cases)
    it(`answers ${what} with ${status} and a sentence`, async () => {
      const { status: answered, answer } = await send({ ...sent, ...(who === undefined ? {} : { token: tokens[who] }) });
      assert.equal(answered, status, JSON.stringify(answer));
      assert.match(answer.error ?? "", /^[A-Z].*\.$/);
    });

  it("survives who speaks no TLS, no HTTP, or breaks off", async () => {
    const host = "127.0.0.1";
    const port = await aggregator.open();
    await new Promise((resolve) => {
      const socket = connectTcp(port, host, () => socket.end("GET / HTTP/1.1\r\n\r\n"));
      socket.resume().once("close", resolve).once("error", resolve);
    });
    for (const text of [
      "\u0000\u0001garbage\r\n\r\n",
      `PUT ${own} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tokens.sleeper}\r\nContent-Length: 1000\r\n\r\nhalf`,
    ]) {
      const again = await aggregator.open();
      await new Promise((resolve) => {
        const socket = connectTls({ host, port: again, ca, servername: "asdic-aggregator" }, () => socket.end(text));
        socket.resume().once("close", resolve).once("error", resolve);
      });
    }
  });

  it("is healthy after all that, has not restarted, and the run goes to its end", async () => {
    assert.equal((await send({ method: "GET", path: "/healthz" })).status, 200);
    const restarts = await find("asdic.dev/role=aggregator", "status.containerStatuses[0].restartCount");
    assert.equal(restarts, "0", restarts === "0" ? "" : await kubectl("logs", "-n", namespace, "deployment/asdic-aggregator", "--previous"));
    const finish = "echo fine > $RESULTS_DIR/fine.txt; echo $RESULTS_DIR/fine.txt > $RESULTS_DIR/done";
    await kubectl("exec", "-n", namespace, pods.get("sleeper") ?? "", "-c", "sleeper", "--", "sh", "-c", finish);
    const waited = await asdic(["wait", "-n", namespace], folder);
    assert.equal(waited.code, 4, waited.stdout + waited.stderr);
    assert.equal((await asdic(["retrieve", "-n", namespace, "-o", tarball], folder)).code, 0);
    const files = await readTarball(tarball);
    assert.equal(String(files.get("plugins/sleeper/results/global/fine.txt")), "fine\n");
    assert.equal(JSON.parse(String(files.get("plugins/greedy/errors/global/error.json"))).code, "result-too-large");
    assert.deepEqual(
      [...files.keys()].filter((name) => /evil|passwd|nobody|nowhere/.test(name)),
      [],
    );
  });
});
