import pLimit from "p-limit";
import type { Json } from "../../../core/contract/json.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import type { Shape } from "./build-shape.ts";
import { buildShape, joinShapes } from "./build-shape.ts";
import type { Answer, Exchange } from "./exchange.ts";
import type { Reply, Target } from "./open-target.ts";
import type { Replay } from "./replace-texts.ts";
import { readToken, replaceInJson, replaceTexts } from "./replace-texts.ts";
import { untilSettled } from "./until-settled.ts";

/**
 * Sends the requests in their order, reads in a row together, each when what the last change set going has come to rest, and gives the answers by the requests' ids.
 * What they make is gone at the end, and what a replay left that was broken off is gone before.
 */
export async function replay(target: Target, exchanges: readonly Omit<Exchange, "answer">[]): Promise<ReadonlyMap<string, Answer>> {
  await removeAll(target);
  const version = text(field(await target.read("/api/v1/namespaces"), "metadata", "resourceVersion"));
  const state: Replay = { target, version, tokens: new Map() };
  const answers = new Map<string, Answer>();
  try {
    await prepare(target);
    for (const step of planSteps(exchanges)) {
      for (const namespace of namespaces) await untilSettled(target, namespace);
      await Promise.all(step.map((exchange) => limit(async () => answers.set(exchange.id, await answer(state, exchange)))));
    }
  } finally {
    // Broken off in the middle of a drain, it would leave the node so.
    if (answers.size < exchanges.length) await uncordon(target);
    await removeAll(target);
  }
  return answers;
}

async function removeAll(target: Target): Promise<void> {
  for (const path of [...namespaces.map((name) => `/api/v1/namespaces/${name}`), ...clusterScoped]) await target.send({ method: "DELETE", path });
  for (const namespace of namespaces) await untilSettled(target, namespace);
}

const uncordon = (target: Target) =>
  target.send({
    method: "PATCH",
    path: "/api/v1/nodes/worker-1",
    headers: { "content-type": "application/merge-patch+json" },
    body: { spec: { unschedulable: null } },
  });

/** Requests that may be sent together: reads in a row. Whatever changes something is alone. */
function planSteps<E extends Pick<Exchange, "method">>(exchanges: readonly E[]): readonly (readonly E[])[] {
  const steps: E[][] = [];
  for (const exchange of exchanges) {
    const last = steps.at(-1);
    if (exchange.method === "GET" && last?.every(({ method }) => method === "GET")) last.push(exchange);
    else steps.push([exchange]);
  }
  return steps;
}

const limit = pLimit(16);

const namespaces = ["differential", "differential-people", "differential-kubectl"];
const clusterScoped = ["clusterrolebindings", "clusterroles"].flatMap((resource) =>
  ["plugin-smoke", "sonobuoy", "aggregator"].map((name) => `/apis/rbac.authorization.k8s.io/v1/${resource}/asdic-differential-${name}`),
);

/** The people who ask. */
async function prepare(target: Target): Promise<void> {
  const create = (path: string, body: unknown) => target.send({ method: "POST", path, headers: { "content-type": "application/json" }, body });
  for (const name of ["differential-people", "differential-kubectl"])
    await create("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  await create("/api/v1/namespaces/differential-people/serviceaccounts", { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "nobody" } });
}

async function answer(state: Replay, { id, user, method, path, headers, body }: Omit<Exchange, "answer">): Promise<Answer> {
  const sent = {
    path: await replaceTexts(state, path),
    body: await buildBody(state, body),
    token: user === "admin" ? undefined : await readToken(state, user),
  };
  const reply = await state.target.send({ method, headers, ...sent }).catch((error: unknown) => {
    throw new Error(`No answer to ${id}`, { cause: error });
  });
  return buildAnswer(reply, { isWatch: /[?&]watch=(?:true|1)/.test(path) });
}

/** Protobuf is kept in base64; it holds names alone, which are the same in each replay. */
async function buildBody(state: Replay, body: Json | undefined): Promise<unknown> {
  const protobuf = text(field(body, "base64"));
  if (protobuf !== "") return Buffer.from(protobuf, "base64");
  return body === undefined ? undefined : replaceInJson(state, body);
}

function buildAnswer({ code, headers, text: content }: Reply, { isWatch }: { readonly isWatch: boolean }): Answer {
  const type = headers["sec-websocket-protocol"] ?? headers.upgrade ?? renderType(headers["content-type"] ?? "");
  if (isWatch && code === 200) return { code, type, shape: buildEvents(content) };
  const value = dropForeign(parseJson(content));
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

/** Lists of the whole cluster hold what others made; of roles there are many that all come about in the same way. */
function dropForeign(value: unknown): unknown {
  const isOwn = (item: unknown): boolean => {
    const object = field(item, "object") ?? item;
    return /^(?:differential.*)?$/.test(text(field(object, "metadata", "namespace"))) && !/^(?:system|kubeadm):/.test(text(field(object, "metadata", "name")));
  };
  const kept = ["items", "rows"].flatMap((name) => (Array.isArray(field(value, name)) ? [[name, list(field(value, name)).filter(isOwn)]] : []));
  return isJsonObject(value) ? { ...value, ...Object.fromEntries(kept) } : undefined;
}

function parseJson(content: string): unknown {
  try {
    const value: unknown = JSON.parse(content);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
