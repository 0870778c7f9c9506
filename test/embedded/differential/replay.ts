import { isJsonObject } from "../../../core/contract/json.ts";
import { field, text } from "../../../core/kubernetes/field.ts";
import type { Shape } from "./build-shape.ts";
import { buildShape, joinShapes } from "./build-shape.ts";
import type { Answer, Exchange } from "./exchange.ts";
import type { Reply, Target } from "./open-target.ts";
import type { Replay } from "./replace-texts.ts";
import { readToken, replaceInJson, replaceTexts } from "./replace-texts.ts";
import { untilSettled } from "./until-settled.ts";

/** Sends the requests one after the other, each when what the last one set going has come to rest, and gives the answers by the requests' ids; what they made is gone at the end. */
export async function replay(target: Target, exchanges: readonly Omit<Exchange, "answer">[], prefix: string): Promise<ReadonlyMap<string, Answer>> {
  const version = text(field(await target.read("/api/v1/namespaces"), "metadata", "resourceVersion"));
  const state: Replay = { target, prefix, version, tokens: new Map() };
  const answers = new Map<string, Answer>();
  const namespaces = [prefix, `${prefix}-people`, `${prefix}-kubectl`];
  try {
    await prepare(target, prefix);
    let isMoved = true;
    for (const exchange of exchanges) {
      if (isMoved) for (const namespace of namespaces) await untilSettled(target, namespace);
      answers.set(exchange.id, await answer(state, exchange));
      isMoved = exchange.method !== "GET" && !exchange.path.includes("dryRun=All");
    }
  } finally {
    for (const path of [...namespaces.map((name) => `/api/v1/namespaces/${name}`), `/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${prefix}-people`]) await target.send({ method: "DELETE", path });
    for (const namespace of namespaces) await untilSettled(target, namespace);
  }
  return answers;
}

/** The people who ask. */
async function prepare(target: Target, prefix: string): Promise<void> {
  const create = (path: string, body: unknown) => target.send({ method: "POST", path, headers: { "content-type": "application/json" }, body });
  await create("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: `${prefix}-people` } });
  await create("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: `${prefix}-kubectl` } });
  await create(`/api/v1/namespaces/${prefix}-people/serviceaccounts`, { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "nobody" } });
}

async function answer(state: Replay, { user, method, path, headers, body }: Omit<Exchange, "answer">): Promise<Answer> {
  const sentPath = await replaceTexts(state, path);
  const reply = await state.target.send({
    method,
    path: sentPath,
    headers,
    body: body === undefined ? undefined : await replaceInJson(state, body),
    token: user === "admin" ? undefined : await readToken(state, await replaceTexts(state, user)),
  });
  return buildAnswer({ ...reply, text: reply.text.replaceAll(state.prefix, "{ns}") }, { isWatch: /[?&]watch=true/.test(path) || /[?&]watch=1/.test(path) });
}

function buildAnswer({ code, headers, text: content }: Reply, { isWatch }: { readonly isWatch: boolean }): Answer {
  const type = headers["sec-websocket-protocol"] ?? headers.upgrade ?? renderType(headers["content-type"] ?? "");
  if (isWatch && code === 200) return { code, type, shape: buildEvents(content) };
  const value = parseJson(content);
  if (value === undefined) return { code, type };
  const isStatus = field(value, "kind") === "Status";
  const status = isStatus && code >= 400 ? { reason: text(field(value, "reason")), message: text(field(value, "message")) } : {};
  return { code, type, ...status, shape: buildShape(value) };
}

const renderType = (type: string): string => [type.split(";")[0], /as=\w+/.exec(type)?.[0]].filter((part) => part !== undefined).join(";");

/** What came to be of each kind of event; bookmarks come when they come. */
function buildEvents(lines: string): Shape {
  const shape: Record<string, Shape> = {};
  for (const line of lines.split("\n").filter((one) => one !== "")) {
    const event = parseJson(line);
    const type = text(field(event, "type"));
    if (type === "BOOKMARK") continue;
    const built = buildShape(field(event, "object"));
    shape[type] = shape[type] === undefined ? built : joinShapes(shape[type], built);
  }
  return shape;
}

function parseJson(content: string): unknown {
  try {
    const value: unknown = JSON.parse(content);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
