import type { Json } from "../../../core/contract/json.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import type { Target } from "./open-target.ts";

export type Replay = {
  readonly target: Target;
  /** A moment before the first request. */
  readonly version: string;
  /** Of accounts, by NAMESPACE:NAME. */
  readonly tokens: Map<string, string>;
};

/** The text with its placeholders (see Exchange) replaced by what they stand for in this replay. */
export async function replaceTexts(replay: Replay, content: string): Promise<string> {
  const plain = content.replaceAll("{version}", replay.version);
  let replaced = plain;
  for (const [whole, kind = "", of = ""] of plain.matchAll(/\{(pod|token):([^{}]+)\}/g))
    replaced = replaced.replaceAll(whole, await resolve(replay, { kind, of }));
  for (const [whole, kind = "", of = ""] of replaced.matchAll(/\{(uid|version|openapi):([^{}]+)\}/g))
    replaced = replaced.replaceAll(whole, await resolve(replay, { kind, of }));
  return replaced;
}

/** The same inside a JSON value. */
export async function replaceInJson(replay: Replay, body: Json): Promise<Json> {
  return JSON.parse(await replaceTexts(replay, JSON.stringify(body))) as Json;
}

async function resolve(replay: Replay, { kind, of }: { readonly kind: string; readonly of: string }): Promise<string> {
  switch (kind) {
    case "token":
      return readToken(replay, of);
    case "uid":
      return text(field(await replay.target.read(of), "metadata", "uid"));
    case "version":
      return text(field(await replay.target.read(of), "metadata", "resourceVersion"));
    case "openapi":
      return text(field(await replay.target.read("/openapi/v3"), "paths", of, "serverRelativeURL")) || `/openapi/v3/${of}`;
    default:
      return findPod(replay, of);
  }
}

/** A pod of one namespace, by the beginning of its name: NAMESPACE/PREFIX. */
async function findPod({ target }: Replay, of: string): Promise<string> {
  const [namespace, prefix] = of.split("/");
  const pods = list(field(await target.read(`/api/v1/namespaces/${namespace}/pods`), "items"));
  const names = pods.filter((pod) => field(pod, "metadata", "deletionTimestamp") === undefined).map((pod) => text(field(pod, "metadata", "name")));
  return names.find((name) => name.startsWith(`${prefix}-`)) ?? `${prefix}-gone`;
}

/** A token for that service account, NAMESPACE:NAME, good for as long as it is needed. */
export async function readToken({ target, tokens }: Replay, account: string): Promise<string> {
  const known = tokens.get(account);
  if (known !== undefined) return known;
  const [namespace, name] = account.split(":");
  const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds: 3600 } };
  const { text: answer, code } = await target.send({
    method: "POST",
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    headers: { "content-type": "application/json" },
    body,
  });
  if (code !== 201) throw new Error(`No token for ${account}: ${answer}`);
  const token = text(field(JSON.parse(answer), "status", "token"));
  tokens.set(account, token);
  return token;
}
