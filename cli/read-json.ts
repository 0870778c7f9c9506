import { text } from "node:stream/consumers";
import type { Cluster, FetchAnswer } from "../core/cluster/cluster.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/contract/json.ts";
import { KnownError } from "../core/contract/known-error.ts";

/** A JSON object at a path of the API server; KnownError naming `what` when it is refused or isn't one. */
export async function readJson(
  cluster: Cluster,
  request: { readonly path: string; readonly what: string; readonly accept?: string; readonly query?: Record<string, string>; readonly signal?: AbortSignal },
): Promise<JsonObject> {
  const { path, what, accept = "application/json", query, signal } = request;
  const answer = await cluster.fetch({ path, headers: { accept }, ...(query && { query }), ...(signal && { signal }) });
  if (answer.status !== 200) {
    const refused = await refusedAnswer(answer, what);
    // Whose credentials they are, and whether their certificate ran out, only the cluster's verbs say; this one is refused just the same.
    if (answer.status === 401) await cluster.find({ apiVersion: "v1", kind: "Namespace", name: "default" }, signal);
    throw refused;
  }
  const value = parseJson(await text(answer.body));
  if (!isJsonObject(value))
    throw new KnownError("cluster-refused", `${cluster.server} answered with something else than ${what}.`, {
      hint: "Does the kubeconfig name a Kubernetes API server?",
    });
  return value;
}

/** What an answer other than the one wanted means, in the server's own words where it has some. */
export async function refusedAnswer(answer: FetchAnswer, what: string): Promise<KnownError> {
  const body = (await text(answer.body)).slice(0, 4000);
  const status = parseJson(body);
  const words = isJsonObject(status) ? (status["message"] ?? status["error"]) : body;
  const said = typeof words === "string" && words !== "" && !words.startsWith("<") ? `: ${words}` : "";
  switch (answer.status) {
    case 401:
      return new KnownError("credentials-expired", `The credentials were not accepted for ${what}${said}.`, { hint: "Log in again." });
    case 403:
      return new KnownError("cluster-refused", `You may not read ${what}${said}.`, { hint: "Ask the cluster's administrator for that permission." });
    case 404:
      return new KnownError("not-found", `There is no ${what}${said}.`);
    default:
      return new KnownError("cluster-unreachable", `${what} can't be read, the answer was ${answer.status}${said}.`, { hint: "Try again in a moment." });
  }
}

function parseJson(body: string): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}
