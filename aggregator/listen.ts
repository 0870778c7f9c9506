import { once } from "node:events";
import type { Cluster } from "../core/cluster/cluster.ts";
import { isJsonObject } from "../core/contract/json.ts";
import { objectNames, ports } from "../core/contract/names.ts";
import type { RunSpec } from "../core/contract/run-spec.ts";
import { readOrMakeCertificate } from "./ingest/certificate.ts";
import type { InputDeps } from "./ingest/serve-inputs.ts";
import { createInputServer } from "./ingest/serve-inputs.ts";
import { createIdentifier } from "./ingest/identity.ts";
import { readOrMakeRunToken } from "./ingest/run-token.ts";
import type { ServerDeps } from "./ingest/server.ts";
import { createIngestServer } from "./ingest/server.ts";
import { openSpool } from "./ingest/spool.ts";
import type { Supervisor } from "./watch/supervise.ts";

type Input = Omit<ServerDeps, "identifyPod" | "resultOf" | "runToken" | "serveInputs" | "spool" | "podIps"> &
  Omit<InputDeps, "spoolFolder"> & {
    readonly cluster: Cluster;
    readonly spec: RunSpec;
    readonly supervisor: Supervisor;
    readonly pod: { readonly ips: readonly string[] };
    readonly folders: { readonly spool: string };
  };

/** How long a worker may be earlier than what the aggregator's own watch says of its pod. */
const acquaintanceMilliseconds = 5000;

/** Opens the aggregator's door. `urls` are the ways to it, best first: the Service's cluster IPs, then the pod's own. */
export async function listen(input: Input): Promise<{ readonly ca: string; readonly urls: readonly string[]; close(): Promise<void> }> {
  const { cluster, spec, supervisor, results, signal } = input;
  const [certificate, runToken, identifyPod, serviceIps] = await Promise.all([
    readOrMakeCertificate(cluster, spec, signal),
    readOrMakeRunToken(cluster, spec, signal),
    createIdentifier(cluster, spec, signal),
    readServiceIps(cluster, spec, signal),
  ]);
  const resultOf: ServerDeps["resultOf"] = async (podUid) => {
    const known = supervisor.identify(podUid);
    if (known) return known;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(acquaintanceMilliseconds)]);
    await results.until(() => supervisor.identify(podUid) !== undefined, limit).catch(() => undefined);
    return supervisor.identify(podUid);
  };
  const spoolFolder = input.folders.spool;
  const serveInputs = createInputServer({ ...input, spoolFolder });
  const spool = await openSpool(spoolFolder, { accepted: [...results.all()].flatMap(({ upload }) => upload ?? []), maxBytes: spec.maxResultBytes });
  const server = createIngestServer(certificate, {
    ...input,
    runToken,
    identifyPod,
    resultOf,
    serveInputs,
    spool,
    podIps: input.pod.ips,
  });
  // "::" takes IPv4 as well, wherever the kernel has IPv6 at all.
  server.listen(ports.aggregator, "::");
  await once(server, "listening").catch(async (error: unknown) => {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EAFNOSUPPORT") throw error;
    server.listen(ports.aggregator, "0.0.0.0");
    await once(server, "listening");
  });
  const toUrl = (ip: string): string => `https://${ip.includes(":") ? `[${ip}]` : ip}:${ports.aggregator}`;
  return {
    ca: certificate.ca,
    urls: [...serviceIps, ...input.pod.ips].map(toUrl),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** The Service's addresses; none where it is missing or headless, because the pod's own are enough. */
async function readServiceIps(cluster: Cluster, spec: RunSpec, signal: AbortSignal): Promise<readonly string[]> {
  const service = await cluster
    .find({ apiVersion: "v1", kind: "Service", namespace: spec.namespace, name: objectNames.service }, signal)
    .catch(() => undefined);
  const ips = isJsonObject(service?.["spec"]) ? service["spec"]["clusterIPs"] : undefined;
  return Array.isArray(ips) ? ips.filter((ip): ip is string => typeof ip === "string" && ip !== "None") : [];
}
