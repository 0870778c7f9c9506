import { access, readFile } from "node:fs/promises";
import https from "node:https";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import type { JsonObject } from "../contract/json.ts";
import { KnownError } from "../contract/known-error.ts";
import type { Cluster } from "./cluster.ts";
import type { Connection } from "./connection.ts";
import { impersonationHeaders } from "./impersonation-headers.ts";
import { openCluster } from "./open-cluster.ts";

type Options = {
  readonly environment?: NodeJS.ProcessEnv;
  readonly folder?: string;
  readonly onRequest?: Connection["onRequest"];
  readonly timing?: Parameters<typeof openCluster>[1];
  /** Whom to act as, as a kubeconfig's user says it. */
  readonly actAs?: JsonObject;
};

/**
 * The API server of the cluster that this process's pod is in, as the pod's service account; throws invalid-kubeconfig outside a pod.
 * Needs nothing of client-node, which is three times the size of an aggregator, and goes through no proxy.
 */
export async function connectInCluster({ environment = process.env, folder = accountFolder, onRequest, timing, actAs = {} }: Options = {}): Promise<Cluster> {
  const { KUBERNETES_SERVICE_HOST: host = "", KUBERNETES_SERVICE_PORT: port = "" } = environment;
  if (host === "" || port === "")
    throw new KnownError("invalid-kubeconfig", "This process is in no pod: KUBERNETES_SERVICE_HOST or KUBERNETES_SERVICE_PORT is not set.");
  const ca = await readAccountFile(join(folder, "ca.crt"));
  const namespace = await readFile(join(folder, "namespace"), "utf8").then(
    (text) => text.trim() || undefined,
    () => undefined,
  );
  const readToken = createTokenReader(join(folder, "token"));
  await readToken();
  // An idle connection is dropped before the server drops it.
  const agent = new https.Agent({ keepAlive: true, ca, timeout: 30_000 });
  const impersonation = impersonationHeaders(actAs);
  const connection: Connection = {
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    namespace,
    identity: {
      label: "this pod's service account",
      loginHint: "Its token may have been revoked; delete the pod so that it gets a new one.",
      proxy: undefined,
    },
    authenticate: async () => ({ agent, ca, headers: { Authorization: `Bearer ${await readToken()}`, ...impersonation } }),
    onRequest,
  };
  return openCluster(connection, timing);
}

/** Whether this process runs in a pod with a service account. */
export async function isInCluster(environment: NodeJS.ProcessEnv, folder: string = accountFolder): Promise<boolean> {
  if (!environment["KUBERNETES_SERVICE_HOST"] || !environment["KUBERNETES_SERVICE_PORT"]) return false;
  return access(join(folder, "token")).then(
    () => true,
    () => false,
  );
}

const accountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

/** The kubelet renews the token long before it runs out; it is read again when it is a minute old, as client-go does. */
function createTokenReader(path: string): () => Promise<string> {
  let token = "";
  let readAt = -Infinity;
  return async () => {
    if (performance.now() - readAt > 60_000) {
      token = (await readAccountFile(path)).trim();
      readAt = performance.now();
    }
    return token;
  };
}

async function readAccountFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new KnownError("invalid-kubeconfig", `The pod's ${path} cannot be read.`, {
      hint: "The pod needs a service account whose token is mounted (automountServiceAccountToken).",
      cause: error,
    });
  }
}
