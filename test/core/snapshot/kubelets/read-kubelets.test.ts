import assert from "node:assert/strict";
import { before, test } from "node:test";
import pLimit from "p-limit";
import type { Credentials } from "../../../../core/cluster/connection.ts";
import { openCluster } from "../../../../core/cluster/open-cluster.ts";
import type { SnapshotOptions } from "../../../../core/contract/snapshot-options.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import { createBudget } from "../../../../core/snapshot/budget.ts";
import { findWays } from "../../../../core/snapshot/kubelets/find-ways.ts";
import { createReachability } from "../../../../core/snapshot/kubelets/reachability.ts";
import { readKubelets } from "../../../../core/snapshot/kubelets/read-kubelets.ts";
import { createAsker } from "../../../../core/snapshot/requests/ask.ts";
import { createRecord } from "../../../../core/snapshot/snapshot-record.ts";
import { makeCertificates, type TestCertificates } from "../../../tls.ts";
import { answerJson, startApiServer } from "../../cluster/api-server.ts";
import { startKubelet } from "../../cluster/start-kubelet.ts";
import { memoryWriter } from "../memory-writer.ts";

const fine = ["configz", "healthz", "stats"];
const all = ["configz.json", "healthz.json", "stats.json"];
let [good, foreign]: (TestCertificates | undefined)[] = [];
before(async () => {
  [good, foreign] = await Promise.all([makeCertificates("127.0.0.1"), makeCertificates("127.0.0.1")]);
});

type Case = {
  readonly may: readonly string[];
  readonly way?: SnapshotOptions["kubeletWay"];
  /** Its token; "" where it was refused. */
  readonly account?: string;
  readonly credentials?: Credentials;
};

/** Reads node "good", whose kubelet can be trusted, node "foreign", which has another authority's certificate, and "silent", which names no address. */
async function read({ may, way, account, credentials }: Case) {
  assert.ok(good && foreign);
  const kubelets = [await startKubelet(good), await startKubelet(foreign)] as const;
  const server = await startApiServer(({ path, body }, response) => {
    if (path.endsWith("/selfsubjectaccessreviews")) {
      const allowed = may.includes(String(field(JSON.parse(body), "spec", "resourceAttributes", "subresource")));
      return answerJson(response, { status: { allowed } }, 201);
    }
    return answerJson(response, { by: "proxy" });
  });
  const connection = { ...server.connection, authenticate: () => Promise.resolve({ ca: good?.ca, headers: { Authorization: "Bearer own" }, ...credentials }) };
  const cluster = openCluster(connection);
  const signal = AbortSignal.timeout(30_000);
  const asker = createAsker(cluster, { requestsPerSecond: 1000, maxSeconds: 30, signal });
  const [memory, record] = [memoryWriter(), createRecord(signal)];
  const askToken = account === undefined ? undefined : () => Promise.resolve(account || undefined);
  const ways = await findWays({ asker, cluster, way, askToken, signal });
  const nodes = [
    { name: "silent", isReady: false, kubelet: undefined },
    ...kubelets.map(({ port }, index) => ({ name: index === 0 ? "good" : "foreign", isReady: true, kubelet: { host: "127.0.0.1", port } })),
  ];
  await readKubelets(nodes, {
    asker,
    files: memory.writer,
    record,
    budget: createBudget(1e6),
    ways,
    reachability: createReachability(),
    limit: pLimit(4),
    signal,
  });
  const filesOf = (node: string): readonly string[] =>
    [...memory.files.keys()]
      .filter((name) => name.startsWith(`hosts/${node}/`))
      .map((name) => name.slice(7 + node.length))
      .toSorted();
  const proxied = server.received.filter(({ path }) => path.includes("/proxy/")).map(({ path }) => path.split("/")[4] ?? "");
  return { filesOf, proxied: [...new Set(proxied)].toSorted(), heard: kubelets.map(({ heard }) => [...heard]), bytes: kubelets[1].bytes(), record };
}

test("with the rights that only read, those are read that the cluster's authority vouches for, and of the others it is said what would change it", async () => {
  const { filesOf, proxied, heard, bytes, record } = await read({ may: fine });
  assert.deepEqual([filesOf("good"), filesOf("foreign"), filesOf("silent"), proxied], [all, [], [], []]);
  assert.deepEqual([heard, bytes], [[["Bearer own", "Bearer own", "Bearer own"], []], 0]);
  assert.deepEqual(record.failures, []);
  const why = record.omissions().map((omission) => `${omission.count} ${omission.what}: ${omission.why}`);
  assert.equal(why.length, 2);
  assert.match(why.join("\n"), /1 kubelets: .*serverTLSBootstrap.*, and nodes\/proxy may not be read/);
  assert.match(why.join("\n"), /1 kubelets: their nodes name no address, and nodes\/proxy may not be read/);
});

test("the account for kubelets goes to them first, and for the rest through the API server as who asks", async () => {
  const { filesOf, proxied, heard, record } = await read({ may: ["proxy"], account: "kubelets" });
  assert.deepEqual([filesOf("good"), filesOf("foreign"), filesOf("silent"), proxied], [all, all, all, ["foreign", "silent"]]);
  assert.deepEqual(heard, [["Bearer kubelets", "Bearer kubelets", "Bearer kubelets"], []]);
  assert.deepEqual([record.failures, record.omissions()], [[], []]);
});

test("nobody's own token goes to a kubelet where its account has none, or where nodes/proxy does", async () => {
  const withoutToken = await read({ may: fine, account: "", way: "direct" });
  assert.deepEqual([withoutToken.heard, withoutToken.proxied], [[[], []], []]);
  const byProxy = await read({ may: [...fine, "proxy"] });
  assert.deepEqual([byProxy.heard, byProxy.proxied, byProxy.filesOf("good")], [[[], []], ["foreign", "good", "silent"], all]);
  const direct = await read({ may: [...fine, "proxy"], way: "direct" });
  assert.deepEqual([direct.proxied, direct.filesOf("good"), direct.filesOf("foreign")], [[], all, []]);
  assert.ok(direct.record.omissions().some(({ why }) => why.endsWith("nodes/proxy is not to be used")));
});

test("without any right nobody is asked, and the missing ones are named", async () => {
  const { heard, proxied, record } = await read({ may: ["stats"] });
  assert.deepEqual([heard[0], proxied], [["Bearer own"], []]);
  const missing = "nodes/configz, nodes/healthz may not be read, which it takes at their own port, and nodes/proxy may not be read";
  assert.ok(record.omissions().some(({ why, count }) => why === missing && count === 3));
  const impersonating = await read({ may: fine, credentials: { headers: { Authorization: "Bearer own", "Impersonate-User": "joe" } } });
  assert.deepEqual(impersonating.heard, [[], []]);
});
