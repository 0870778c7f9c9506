import { LineCounter, parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { field, list, text } from "../../core/kubernetes/field.ts";
import type { TypeTable } from "../api/registry/api.ts";
import type { Schema } from "../api/schema/schema.ts";
import { StatusError } from "../api/status-error.ts";
import { reviveTimes } from "./resolve-time.ts";
import { messageOf } from "../to-error.ts";

/** What stands in the cluster when it starts: the nodes, each of which becomes a kubelet, and all other objects in the order of the file. */
export type World = {
  readonly nodes: readonly KubernetesObject[];
  readonly objects: readonly KubernetesObject[];
  /** Where an object begins in the file. */
  readonly lineOf: (object: KubernetesObject) => number;
};

/** A mistake in a world file; `line` counts from 1. */
export type WorldProblem = { readonly line: number; readonly message: string };

type Known = { readonly types: TypeTable; readonly schema: Schema; readonly now: Date };

/** Reads a world file: YAML documents, each a Kubernetes object. All mistakes come together; then there is no world. */
export function parseWorld(content: string, known: Known): { readonly world: World } | { readonly problems: readonly WorldProblem[] } {
  const lines = new LineCounter();
  const problems: WorldProblem[] = [];
  const found = new Map<KubernetesObject, number>();
  const seen = new Set<string>();
  for (const document of parseAllDocuments(content, { lineCounter: lines })) {
    const line = lines.linePos(document.contents?.range?.[0] ?? document.range[0]).line;
    problems.push(...document.errors.map(({ message, pos }) => ({ line: lines.linePos(pos[0]).line, message: renderFirstLine(message) })));
    if (document.errors.length > 0 || document.contents === null) continue;
    const read = readDocument(document, known.now);
    const mistakes = "object" in read ? findProblems(read.object, seen, known) : [read.mistake];
    problems.push(...mistakes.map((message) => ({ line, message })));
    if ("object" in read) found.set(read.object, line);
  }
  const objects = [...found.keys()];
  const nodes = objects.filter(isNode);
  if (problems.length === 0 && nodes.length === 0) problems.push({ line: 1, message: "there is no Node; at least one is needed" });
  const lineOf = (object: KubernetesObject): number => found.get(object) ?? 1;
  for (const object of objects) problems.push(...findDangling(object, objects).map((message) => ({ line: lineOf(object), message })));
  problems.sort((left, right) => left.line - right.line);
  return problems.length > 0 ? { problems } : { world: { nodes, objects: objects.filter((object) => !isNode(object)), lineOf } };
}

type Document = { toJS(options: { readonly reviver: ReturnType<typeof reviveTimes> }): unknown };

/** An alias without anchor is found only now, and so is one that would grow without end. */
function readDocument(document: Document, now: Date): { readonly object: KubernetesObject } | { readonly mistake: string } {
  try {
    const value = document.toJS({ reviver: reviveTimes(now) });
    return isObject(value) ? { object: value } : { mistake: "this is no Kubernetes object: apiVersion, kind and metadata.name are needed" };
  } catch (error) {
    return { mistake: renderFirstLine(messageOf(error)) };
  }
}

/** YAML's own messages go on with the place, which stands before them here. */
const renderFirstLine = (message: string): string => (message.split("\n", 1)[0] ?? "").replace(/ at line \d+, column \d+:$/, "");

/** What an object names that is not in the file: its node, its owners, its namespace. */
function findDangling(object: KubernetesObject, all: readonly KubernetesObject[]): readonly string[] {
  const { kind = "", metadata } = object;
  const name = renderName(object);
  const node = kind === "Pod" ? text(field(object, "spec", "nodeName")) : "";
  const { namespace } = metadata;
  const earlier = all.slice(0, all.indexOf(object));
  return [
    ...(node === "" || all.some((other) => isNode(other) && other.metadata.name === node) ? [] : [`${name}: there is no node ${node}`]),
    ...(namespace === undefined || bootNamespaces.includes(namespace) || all.some((other) => other.kind === "Namespace" && other.metadata.name === namespace)
      ? []
      : [`${name}: there is no namespace ${namespace}`]),
    ...list(metadata.ownerReferences ?? [])
      .filter((owner) => !earlier.some((other) => isOwner(owner, object, other)))
      .map((owner) => `${name}: its owner ${text(field(owner, "kind"))} ${text(field(owner, "name"))} does not come before it`),
  ];
}

const isOwner = (owner: unknown, { metadata }: KubernetesObject, other: KubernetesObject): boolean =>
  field(owner, "apiVersion") === other.apiVersion &&
  field(owner, "kind") === other.kind &&
  field(owner, "name") === other.metadata.name &&
  (other.metadata.namespace === undefined || other.metadata.namespace === metadata.namespace);

/** Those that every cluster has from the beginning. */
const bootNamespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

function findProblems(object: KubernetesObject, seen: Set<string>, { types, schema }: Known): readonly string[] {
  const { apiVersion = "", kind = "", metadata } = object;
  const type = types.ofKind(apiVersion, kind);
  if (!type) return [`there is no kind ${kind} in ${apiVersion} here`];
  const name = renderName(object);
  const key = `${apiVersion} ${name}`;
  const isSecond = seen.has(key);
  seen.add(key);
  return [
    ...(isSecond ? [`${name} is there twice`] : []),
    ...(type.namespaced || metadata.namespace === undefined ? [] : [`${name} belongs to no namespace, but one is given`]),
    ...findFieldProblems(object, schema, type).map((problem) => `${name}: ${problem}`),
  ];
}

/** A value of another type is the first that is found. */
function findFieldProblems(object: KubernetesObject, schema: Schema, type: Parameters<Schema["unknownFields"]>[0]): readonly string[] {
  try {
    return schema.unknownFields(type, object);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return [error.message];
  }
}

const renderName = ({ kind = "", metadata }: KubernetesObject): string =>
  `${kind} ${metadata.namespace === undefined ? "" : `${metadata.namespace}/`}${metadata.name}`;

const isNode = ({ apiVersion, kind }: KubernetesObject): boolean => apiVersion === "v1" && kind === "Node";

const isObject = (value: unknown): value is KubernetesObject =>
  isJsonObject(value) &&
  typeof value["apiVersion"] === "string" &&
  typeof value["kind"] === "string" &&
  isJsonObject(value["metadata"]) &&
  typeof value["metadata"]["name"] === "string";
