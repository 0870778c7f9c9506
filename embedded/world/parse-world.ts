import { LineCounter, parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import type { TypeTable } from "../api/registry/api.ts";
import type { Schema } from "../api/schema/schema.ts";
import { reviveTimes } from "./resolve-time.ts";

/** What stands in the cluster when it starts: the nodes, each of which becomes a kubelet, and all other objects in the order of the file. */
export type World = { readonly nodes: readonly KubernetesObject[]; readonly objects: readonly KubernetesObject[] };

/** A mistake in a world file; `line` counts from 1. */
export type WorldProblem = { readonly line: number; readonly message: string };

type Known = { readonly types: TypeTable; readonly schema: Schema; readonly now: Date };

/** Reads a world file: YAML documents, each a Kubernetes object. All mistakes come together; then there is no world. */
export function parseWorld(text: string, known: Known): { readonly world: World } | { readonly problems: readonly WorldProblem[] } {
  const lines = new LineCounter();
  const problems: WorldProblem[] = [];
  const objects: KubernetesObject[] = [];
  const seen = new Set<string>();
  for (const document of parseAllDocuments(text, { lineCounter: lines })) {
    const line = lines.linePos(document.contents?.range?.[0] ?? document.range[0]).line;
    problems.push(...document.errors.map(({ message, pos }) => ({ line: lines.linePos(pos[0]).line, message: message.split("\n", 1)[0] ?? "" })));
    if (document.errors.length > 0 || document.contents === null) continue;
    const value: unknown = document.toJS({ reviver: reviveTimes(known.now) });
    const found = isObject(value) ? findProblems(value, seen, known) : ["this is no Kubernetes object: apiVersion, kind and metadata.name are needed"];
    problems.push(...found.map((message) => ({ line, message })));
    if (isObject(value)) objects.push(value);
  }
  const nodes = objects.filter(isNode);
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  if (problems.length === 0 && names.size === 0) problems.push({ line: 1, message: "there is no Node; at least one is needed" });
  return problems.length > 0 ? { problems } : { world: { nodes, objects: objects.filter((object) => !isNode(object)) } };
}

function findProblems(object: KubernetesObject, seen: Set<string>, { types, schema }: Known): readonly string[] {
  const { apiVersion = "", kind = "", metadata } = object;
  const type = types.ofKind(apiVersion, kind);
  if (!type) return [`there is no kind ${kind} in ${apiVersion} here`];
  const name = `${kind} ${metadata.namespace === undefined ? "" : `${metadata.namespace}/`}${metadata.name}`;
  const key = `${apiVersion} ${name}`;
  const isSecond = seen.has(key);
  seen.add(key);
  return [
    ...(isSecond ? [`${name} is there twice`] : []),
    ...(type.namespaced || metadata.namespace === undefined ? [] : [`${name} belongs to no namespace, but one is given`]),
    ...schema.unknownFields(type, object).map((problem) => `${name}: ${problem}`),
  ];
}

const isNode = ({ apiVersion, kind }: KubernetesObject): boolean => apiVersion === "v1" && kind === "Node";

const isObject = (value: unknown): value is KubernetesObject =>
  isJsonObject(value) &&
  typeof value["apiVersion"] === "string" &&
  typeof value["kind"] === "string" &&
  isJsonObject(value["metadata"]) &&
  typeof value["metadata"]["name"] === "string";
