import { isJsonObject, type JsonObject } from "../contract/json.ts";
import { KnownError } from "../contract/known-error.ts";
import { text } from "../kubernetes/field.ts";
import type { Cluster } from "./cluster.ts";
import type { Connection } from "./connection.ts";
import { createAuthentication } from "./credentials.ts";
import { connectInCluster, isInCluster } from "./in-cluster.ts";
import type { ChosenContext, ContextChoice } from "./kubeconfig.ts";
import { chooseContext } from "./kubeconfig.ts";
import { readKubeconfigFiles } from "./kubeconfig-files.ts";
import { quote } from "./one-line.ts";
import { openCluster } from "./open-cluster.ts";
import { environmentProxy } from "./proxy.ts";

/** What kubectl's flags of the same names say, and the environment. */
export type ConnectOptions = ContextChoice & {
  readonly kubeconfig?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** Whom to act as, and in which groups instead of that user's own. */
  readonly as?: string | undefined;
  readonly asGroups?: readonly string[] | undefined;
  /** How long the head of an answer may take; without it a minute of silence ends a request. */
  readonly requestTimeoutSeconds?: number | undefined;
  readonly onRequest?: Connection["onRequest"];
  /** Where a pod's service account is; the usual place unless a test says otherwise. */
  readonly accountFolder?: string;
};

/**
 * The cluster that kubectl would use with these flags and this environment; inside a pod without a kubeconfig, the pod's own.
 * Sends nothing yet; throws invalid-kubeconfig. Authentication comes from client-node, which is loaded here and not before, because it is heavy.
 */
export async function connect(options: ConnectOptions): Promise<Cluster> {
  const { environment, onRequest, requestTimeoutSeconds, accountFolder } = options;
  const timing = requestTimeoutSeconds === undefined ? {} : { answer: requestTimeoutSeconds * 1000 };
  // Not from the package's root: as a namespace that cannot be shaken, which makes a bundle of the CLI six times as large.
  const [{ KubeConfig }, { loadYaml }] = await Promise.all([import("@kubernetes/client-node/dist/config.js"), import("@kubernetes/client-node/dist/yaml.js")]);
  const { lookedFor, files } = await readKubeconfigFiles(options, loadYaml);
  if (files.every(({ content }) => Object.keys(content).length === 0)) {
    const isNamed = [options.kubeconfig, options.context, options.cluster, options.user].some((name) => name !== undefined);
    if (!isNamed && (await isInCluster(environment, accountFolder)))
      return connectInCluster({ environment, onRequest, timing, actAs: impersonation(options), ...(accountFolder !== undefined && { folder: accountFolder }) });
    throw new KnownError("invalid-kubeconfig", `No kubeconfig was found: ${lookedFor}.`, {
      hint: "Name one with --kubeconfig FILE, or set KUBECONFIG. Without any cluster, try `asdic run --embedded`.",
    });
  }
  const chosen = chooseContext(files, { ...options, context: options.context || undefined });
  const context = { ...chosen, user: { ...chosen.user, ...impersonation(options) } };
  const proxy = chooseProxy(context, environment);
  const identity = {
    label: `${context.userName === "" ? "nobody" : `user ${quote(context.userName)}`} (context ${quote(context.name)})`,
    loginHint: renderLoginHint(context),
    proxy: proxy === undefined ? undefined : renderProxy(proxy),
  };
  const authenticate = createAuthentication({ config: new KubeConfig(), context, proxy });
  return openCluster({ server: context.cluster.server, namespace: context.namespace, identity, authenticate, onRequest }, timing);
}

/** As a kubeconfig's user says it. */
const impersonation = ({ as, asGroups }: ConnectOptions): JsonObject => ({
  ...(as !== undefined && { as }),
  ...(asGroups !== undefined && { "as-groups": [...asGroups] }),
});

function chooseProxy({ cluster: { server, "proxy-url": own } }: ChosenContext, environment: NodeJS.ProcessEnv): string | undefined {
  const isOwn = typeof own === "string" && own !== "";
  const proxy = isOwn ? own : environmentProxy(server, environment);
  if (proxy === undefined || (URL.canParse(proxy) && proxySchemes.includes(new URL(proxy).protocol))) return proxy;
  throw new KnownError(
    "invalid-kubeconfig",
    `${isOwn ? "proxy-url in the kubeconfig" : "The proxy in the environment"} is no address of an HTTP or SOCKS5 proxy.`,
    {
      hint: "Write it as http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT.",
    },
  );
}

const proxySchemes: readonly string[] = ["http:", "https:", "socks5:", "socks5h:"];

function renderLoginHint({ user }: ChosenContext): string {
  const { exec } = user;
  if (isJsonObject(exec)) return `Log in again as the credential plugin ${quote(text(exec["command"]))} wants it, or choose another context with --context.`;
  if (user["auth-provider"] !== undefined) return "Log in again at your identity provider, or choose another context with --context.";
  if (user["client-certificate"] !== undefined || user["client-certificate-data"] !== undefined)
    return "Get a new kubeconfig from the cluster's administrator, or choose another context with --context.";
  return "Get a new token and write it into the kubeconfig, or choose another context with --context.";
}

/** Without the user and password that its address may carry. */
const renderProxy = (proxy: string): string => new URL(proxy).host;
