import { isJsonObject } from "../contract/json.ts";
import { KnownError } from "../contract/known-error.ts";
import { text } from "../kubernetes/field.ts";
import type { Cluster } from "./cluster.ts";
import { createAuthentication } from "./credentials.ts";
import { connectInCluster, isInCluster } from "./in-cluster.ts";
import type { ChosenContext } from "./kubeconfig.ts";
import { chooseContext } from "./kubeconfig.ts";
import { readKubeconfigFiles } from "./kubeconfig-files.ts";
import { quote } from "./one-line.ts";
import { openCluster } from "./open-cluster.ts";
import { environmentProxy } from "./proxy.ts";

/**
 * The cluster that kubectl would use with these flags and this environment; inside a pod without a kubeconfig, the pod's own.
 * Sends nothing yet; throws invalid-kubeconfig. Authentication comes from client-node, which is loaded here and not before, because it is heavy.
 */
export async function connect(options: {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
}): Promise<Cluster> {
  // Not from the package's root: as a namespace that cannot be shaken, which makes a bundle of the CLI six times as large.
  const [{ KubeConfig }, { loadYaml }] = await Promise.all([import("@kubernetes/client-node/dist/config.js"), import("@kubernetes/client-node/dist/yaml.js")]);
  const { lookedFor, files } = await readKubeconfigFiles(options, loadYaml);
  if (files.every(({ content }) => Object.keys(content).length === 0)) {
    if (options.kubeconfig === undefined && options.context === undefined && (await isInCluster(options.environment))) return connectInCluster(options);
    throw new KnownError("invalid-kubeconfig", `No kubeconfig was found: ${lookedFor}.`, {
      hint: "Name one with --kubeconfig FILE, or set KUBECONFIG. Without any cluster, try `asdic run --embedded`.",
    });
  }
  const context = chooseContext(files, options.context || undefined);
  const { server, "proxy-url": ownProxy } = context.cluster;
  const proxy = typeof ownProxy === "string" && ownProxy !== "" ? ownProxy : environmentProxy(server, options.environment);
  const identity = {
    label: `${context.userName === "" ? "nobody" : `user ${quote(context.userName)}`} (context ${quote(context.name)})`,
    loginHint: renderLoginHint(context),
    proxy: proxy === undefined ? undefined : renderProxy(proxy),
  };
  return openCluster({ server, namespace: context.namespace, identity, authenticate: createAuthentication({ config: new KubeConfig(), context, proxy }) });
}

function renderLoginHint({ user }: ChosenContext): string {
  const { exec } = user;
  if (isJsonObject(exec)) return `Log in again as the credential plugin ${quote(text(exec["command"]))} wants it, or choose another context with --context.`;
  if (user["auth-provider"] !== undefined) return "Log in again at your identity provider, or choose another context with --context.";
  if (user["client-certificate"] !== undefined || user["client-certificate-data"] !== undefined)
    return "Get a new kubeconfig from the cluster's administrator, or choose another context with --context.";
  return "Get a new token and write it into the kubeconfig, or choose another context with --context.";
}

/** Without the user and password that its address may carry. */
const renderProxy = (proxy: string): string => (URL.canParse(proxy) ? new URL(proxy).host : "in the kubeconfig");
