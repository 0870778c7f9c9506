import http from "node:http";
import type { RequestOptions } from "node:https";
import type { Cluster as ClusterEntry, KubeConfig, User } from "@kubernetes/client-node";
import type { Json, JsonObject } from "../contract/json.ts";
import { isJsonObject } from "../contract/json.ts";
import type { Credentials } from "./connection.ts";
import { credentialFailure } from "./credential-failure.ts";
import { impersonationHeaders } from "./impersonation-headers.ts";
import type { ChosenContext } from "./kubeconfig.ts";

/** A context's authentication through client-node (certificates, tokens, exec plugins, OIDC, proxies); the border to its KubeConfig, which it fills. */
export function createAuthentication(input: {
  readonly config: KubeConfig;
  readonly context: ChosenContext;
  readonly proxy: string | undefined;
}): () => Promise<Credentials> {
  const { config, context, proxy } = input;
  config.loadFromOptions({
    clusters: [parseClusterEntry(context, proxy)],
    users: [parseUser(context)],
    contexts: [{ name: context.name, cluster: context.clusterName, user: context.userName }],
    currentContext: context.name,
  });
  const impersonation = impersonationHeaders(context.user);
  // One at a time, so that a credential plugin is not started by each of many first requests.
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const options = last.then(() => readOptions(config, context, impersonation));
    last = options.catch(() => undefined);
    return options;
  };
}

async function readOptions(config: KubeConfig, context: ChosenContext, impersonation: Readonly<Record<string, string | string[]>>): Promise<Credentials> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw credentialFailure(error, context);
  }
  tuneAgent(options);
  const headers = (options.headers ?? {}) as http.OutgoingHttpHeaders;
  const { Authorization: authorization } = headers;
  // A token file may end in a line break, which no header may.
  return { ...options, headers: { ...headers, ...(typeof authorization === "string" && { Authorization: authorization.trim() }), ...impersonation } };
}

/** client-node makes one agent and keeps it; certificates that a plugin has renewed must reach it. */
function tuneAgent(options: RequestOptions): void {
  const { agent } = options;
  if (!(agent instanceof http.Agent)) return;
  const kept = agent as http.Agent & { keepAlive?: boolean; options: RequestOptions & { timeout?: number } };
  kept.keepAlive = true;
  // An idle connection is dropped before the server drops it.
  kept.options.timeout = 30_000;
  if (options.cert !== undefined) kept.options.cert = options.cert;
  if (options.key !== undefined) kept.options.key = options.key;
}

function parseClusterEntry({ clusterName, cluster }: ChosenContext, proxy: string | undefined): ClusterEntry {
  const { "certificate-authority": file, "certificate-authority-data": data, "tls-server-name": serverName } = cluster;
  return {
    name: clusterName,
    server: cluster.server,
    // client-node refuses plain http otherwise, which kubectl does not.
    skipTLSVerify: cluster["insecure-skip-tls-verify"] === true || cluster.server.startsWith("http:"),
    ...(isText(data) ? { caData: data } : isText(file) ? { caFile: file } : {}),
    ...(isText(serverName) && { tlsServerName: serverName }),
    ...(proxy !== undefined && { proxyUrl: proxy }),
  };
}

/** Over plain http kubectl sends no credentials; here they go where the kubeconfig says insecure-skip-tls-verify. */
function parseUser({ userName, user, cluster }: ChosenContext): User {
  if (cluster.server.startsWith("http:") && cluster["insecure-skip-tls-verify"] !== true) return { name: userName };
  const { "client-certificate": certFile, "client-certificate-data": certData, "client-key": keyFile, "client-key-data": keyData } = user;
  const { tokenFile, token, username, password, exec } = user;
  const authProvider = isText(tokenFile) ? { name: "tokenFile", config: { tokenFile } } : user["auth-provider"];
  return {
    name: userName,
    ...(isText(certData) ? { certData } : isText(certFile) ? { certFile } : {}),
    ...(isText(keyData) ? { keyData } : isText(keyFile) ? { keyFile } : {}),
    ...(isText(token) && !isText(tokenFile) && { token: token.trim() }),
    ...(isText(username) && { username, password: isText(password) ? password : "" }),
    ...(isJsonObject(exec) && { exec: withExecInfo(exec, cluster) }),
    ...(isJsonObject(authProvider) && { authProvider: structuredClone(authProvider) }),
  };
}

/** What a plugin may read about the request; client-node does not tell it. Source: client.authentication.k8s.io, ExecCredential. */
function withExecInfo(exec: JsonObject, cluster: ChosenContext["cluster"]): JsonObject {
  const { server, "tls-server-name": tlsServerName, "insecure-skip-tls-verify": skip, "certificate-authority-data": ca, "proxy-url": proxyUrl } = cluster;
  const info = {
    apiVersion: exec["apiVersion"],
    kind: "ExecCredential",
    spec: {
      interactive: false,
      ...(exec["provideClusterInfo"] === true && {
        cluster: {
          server,
          "tls-server-name": tlsServerName,
          "insecure-skip-tls-verify": skip,
          "certificate-authority-data": ca,
          "proxy-url": proxyUrl,
          config: readExecConfig(cluster),
        },
      }),
    },
  };
  const variables = Array.isArray(exec["env"]) ? exec["env"].filter(isJsonObject) : [];
  return { ...exec, env: [{ name: "KUBERNETES_EXEC_INFO", value: JSON.stringify(info) }, ...variables] };
}

/** A cluster's extension for credential plugins. */
function readExecConfig({ extensions }: JsonObject): Json | undefined {
  const own = Array.isArray(extensions) ? extensions.filter(isJsonObject).find(({ name }) => name === "client.authentication.k8s.io/exec") : undefined;
  return own?.["extension"];
}

const isText = (value: Json | undefined): value is string => typeof value === "string" && value !== "";
