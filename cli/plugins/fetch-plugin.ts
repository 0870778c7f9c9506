import { Agent as HttpAgent, get as httpGet, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, get as httpsGet } from "node:https";
import { environmentProxy } from "../../core/cluster/proxy.ts";
import { isKnownError, KnownError } from "../../core/contract/known-error.ts";

/** No plugin file is larger; a definition may have 180 KiB. */
export const largestPluginFile = 1024 ** 2;

const secondsToAnswer = 10;
const mostRedirects = 5;

export type Surroundings = { readonly environment: NodeJS.ProcessEnv; readonly signal: AbortSignal };

/**
 * The text at an http(s) address, through the proxy that the environment names; KnownError "unknown-plugin" when it doesn't come whole
 * within 10 seconds, 1 MiB and 5 redirects, none of which may lead from https to http.
 */
export async function fetchPlugin(url: string, { environment, signal }: Surroundings): Promise<string> {
  const timeout = AbortSignal.timeout(secondsToAnswer * 1000);
  try {
    return await follow(new URL(url), { environment, signal: AbortSignal.any([signal, timeout]) }, 0);
  } catch (error) {
    if (signal.aborted || isKnownError(error)) throw error;
    if (timeout.aborted) throw unavailable(`it did not come within ${secondsToAnswer} seconds`);
    throw unavailable(`${causeOf(error)}${describeProxy(url, environment)}`);
  }
}

async function follow(url: URL, surroundings: Surroundings, redirects: number): Promise<string> {
  const answer = await open(url, surroundings);
  const { statusCode = 0, headers } = answer;
  if (statusCode === 200) return readLimited(answer);
  answer.destroy();
  if (!redirectCodes.has(statusCode) || headers.location === undefined) throw unavailable(`the server answered ${statusCode}`);
  if (redirects === mostRedirects) throw unavailable(`it is redirected more than ${mostRedirects} times`);
  return follow(parseRedirect(url, headers.location), surroundings, redirects + 1);
}

const redirectCodes: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function open(url: URL, { environment, signal }: Surroundings): Promise<IncomingMessage> {
  const proxy = environmentProxy(url.href, environment);
  const proxyEnv = proxy === undefined ? {} : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
  const options = { signal, headers: { accept: "application/yaml, text/yaml, text/plain, */*", "user-agent": "asdic" } };
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === "https:"
        ? httpsGet(url, { ...options, agent: new HttpsAgent({ proxyEnv }) }, resolve)
        : httpGet(url, { ...options, agent: new HttpAgent({ proxyEnv }) }, resolve);
    request.once("error", reject);
  });
}

function parseRedirect(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (to === undefined || !/^https?:$/.test(to.protocol)) throw unavailable("it is redirected to what is no http(s) address");
  if (from.protocol === "https:" && to.protocol === "http:") throw unavailable("it is redirected from https to http, where anyone on the way could change it");
  return to;
}

async function readLimited(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestPluginFile) throw unavailable("it is larger than 1 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const unavailable = (why: string): KnownError => new KnownError("unknown-plugin", `can't be fetched: ${why}`);

/** The variable's credentials are nobody's business. */
function describeProxy(url: string, environment: NodeJS.ProcessEnv): string {
  const proxy = environmentProxy(url, environment);
  return proxy === undefined ? "" : `, by way of the proxy ${URL.canParse(proxy) ? new URL(proxy).host : ""} of HTTP_PROXY or HTTPS_PROXY`;
}

/** Where several addresses were tried, node hides the reason one level down. */
function causeOf(error: unknown): string {
  const cause: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return cause instanceof Error ? cause.message || String("code" in cause ? cause.code : cause.name) : String(cause);
}
