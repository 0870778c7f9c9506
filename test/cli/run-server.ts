import { join } from "node:path";
import type { RunSummary } from "../../core/contract/run-status.ts";
import { answerJson, writeFolder } from "../core/cluster/api-server.ts";
import { runCli, type Ended } from "../faults/run-cli.ts";
import { runPlan, definition } from "./definitions.ts";
import { startObjectServer, type ObjectServer } from "./object-server.ts";

/** An API server with a run in namespace asdic, of plugins smoke and slow, and the CLI in front of it. */
export type RunServer = ObjectServer & {
  /** What the aggregator has published; undefined before its first word. */
  publish(summary: RunSummary | undefined): void;
  /** Where commands run, with the file kubeconfig. */
  readonly folder: string;
  /** Runs a command as `cli/main.ts` would. */
  asdic(args: readonly string[], signal?: AbortSignal): Promise<Ended>;
};

const deployment = "/apis/apps/v1/namespaces/asdic/deployments/asdic-aggregator";
const pod = "/api/v1/namespaces/asdic/pods/asdic-aggregator-1";

/** `proxied` is what the aggregator itself answers for its status, or how it answers all that comes to it; `refuse` as in object-server.ts. */
export async function startRunServer(proxied?: unknown, refuse: Parameters<typeof startObjectServer>[0] = () => undefined): Promise<RunServer> {
  const server = await startObjectServer(refuse, (request, response) => {
    const { path } = request;
    if (path === "/version") answerJson(response, { gitVersion: "v1.36.3" });
    else if (path === "/api/v1") answerJson(response, { resources: [{ name: "pods" }] });
    else if (path === "/apis") answerJson(response, { groups: [] });
    else if (path.includes("/proxy/") && typeof proxied === "function") proxied(request, response);
    else if (path.includes("/proxy/") && proxied !== undefined) answerJson(response, proxied);
    else return false;
    return true;
  });
  const { spec } = runPlan(["smoke", "slow"].map((name) => definition({ name })));
  const metadata = { name: "asdic-run", namespace: "asdic" };
  server.put("/api/v1/namespaces/asdic/configmaps/asdic-run", { apiVersion: "v1", kind: "ConfigMap", metadata, data: { "spec.json": JSON.stringify(spec) } });
  server.put("/api/v1/namespaces/asdic/secrets/asdic-token", {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "asdic-token", namespace: "asdic" },
    data: { token: Buffer.from("run-token").toString("base64") },
  });
  server.put(deployment, { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "asdic-aggregator", namespace: "asdic" } });
  const cwd = await writeFolder({
    kubeconfig: JSON.stringify({
      "current-context": "c",
      clusters: [{ name: "c", cluster: { server: server.cluster.server, "insecure-skip-tls-verify": true } }],
      contexts: [{ name: "c", context: { cluster: "c", user: "jane" } }],
      users: [{ name: "jane", user: { token: "secret-token" } }],
    }),
  });
  return {
    ...server,
    folder: cwd,
    publish: (published) =>
      server.put(pod, {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "asdic-aggregator-1", namespace: "asdic", ...(published && { annotations: { "asdic.dev/status": JSON.stringify(published) } }) },
      }),
    asdic: (args, signal = AbortSignal.timeout(30_000)) => runCli(args, { kubeconfig: join(cwd, "kubeconfig"), cwd, signal }),
  };
}
