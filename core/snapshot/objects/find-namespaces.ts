import type { SnapshotKind } from "../../contract/snapshot-kind.ts";
import type { SnapshotOptions } from "../../contract/snapshot-options.ts";
import { findDnsLabelProblems } from "../../kubernetes/names.ts";
import { field } from "../../kubernetes/field.ts";
import { isGranted, parsePolicyRules, type PolicyRule } from "../../kubernetes/rbac.ts";
import { parseJson } from "../parse-json.ts";
import type { Asker } from "../requests/ask.ts";
import { isSelected } from "../match-name.ts";
import type { SnapshotRecord } from "../snapshot-record.ts";
import { readList } from "./read-list.ts";

/** In which namespaces a kind may be listed by somebody who may not list it in all of them, and how many are known. */
export type NamespaceFinder = (kind: SnapshotKind) => Promise<{ readonly namespaces: readonly string[]; readonly known: number }>;

export type NamespaceInput = {
  readonly options: Pick<SnapshotOptions, "namespaces">;
  /** Where the connection is at home: the context's namespace, or the pod's own. */
  readonly home: string | undefined;
  readonly record: SnapshotRecord;
  readonly signal: AbortSignal;
};

/** Looks once, when the first kind is refused: at the namespaces there are, else at those that were named and its own, and at what the server says of the rights in each. */
export function createNamespaceFinder(asker: Asker, input: NamespaceInput): NamespaceFinder {
  let looking: Promise<ReadonlyMap<string, Rights>> | undefined;
  return async (kind) => {
    looking ??= readRights(asker, input);
    const found = [...(await looking)];
    const open = found.filter(([, rights]) => rights === "unknown" || rights.some((rule) => isGranted(rule, question(kind))));
    return { namespaces: open.map(([name]) => name), known: found.length };
  };
}

const question = (kind: SnapshotKind): Parameters<typeof isGranted>[1] => ({ verb: "list", group: kind.group, resource: kind.plural, name: "" });

/** Not every authorizer can name the rights it would grant. */
type Rights = readonly PolicyRule[] | "unknown";

async function readRights(asker: Asker, { options: { namespaces }, home, record, signal }: NamespaceInput): Promise<ReadonlyMap<string, Rights>> {
  const listed = await record.ask(asked("list", "namespaces", "namespaces"), () => readNames(asker, signal));
  const named = [...namespaces.only, ...(home === undefined ? [] : [home])].filter((name) => findDnsLabelProblems(name).length === 0);
  const candidates = [...new Set(listed ?? named)].filter((name) => isSelected(namespaces, [name]));
  if (candidates.length > maxNamespaces)
    record.omit({
      what: "namespaces",
      why: "lists of all namespaces are not permitted, and there are too many to ask for each",
      count: candidates.length - maxNamespaces,
    });
  const found = candidates.slice(0, maxNamespaces).map(async (namespace): Promise<[string, Rights]> => {
    const rights = await record.ask({ ...asked("create", "selfsubjectrulesreviews.authorization.k8s.io"), namespace }, () => readRules(asker, namespace));
    return [namespace, rights ?? "unknown"];
  });
  return new Map(await Promise.all(found));
}

const maxNamespaces = 1000;

const asked = (
  verb: string,
  resource: string,
  queryobj?: string,
): { readonly verb: string; readonly resource: string; readonly namespace: string; readonly queryobj?: string } => ({
  verb,
  resource,
  namespace: "",
  ...(queryobj !== undefined && { queryobj }),
});

async function readNames(asker: Asker, signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  const kind = { apiVersion: "v1", kind: "Namespace" };
  for await (const items of readList(asker, { path: "/api/v1/namespaces", kind, onDropped: () => undefined, signal }))
    names.push(...items.map(({ name }) => name));
  return names.filter((name) => findDnsLabelProblems(name).length === 0);
}

async function readRules(asker: Asker, namespace: string): Promise<Rights> {
  const json = { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectRulesReview", spec: { namespace } };
  const { body } = await asker.read({
    path: "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
    json,
    isAnswer: (status) => status === 201 || status === 200,
  });
  const status = field(parseJson(body), "status");
  return field(status, "incomplete") === true ? "unknown" : parsePolicyRules({ rules: field(status, "resourceRules") });
}
