import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { KnownError } from "../../../core/contract/known-error.ts";
import { isJsonObject } from "../../../core/contract/json.ts";
import type { SnapshotKind } from "../../../core/contract/snapshot-kind.ts";
import { field } from "../../../core/kubernetes/field.ts";
import { isSelected } from "../../../core/kubernetes/label-selector.ts";
import { findKinds } from "../../get/find-kinds.ts";
import { listKinds } from "../../get/list-kinds.ts";
import { readObjects, type FoundObject } from "../../get/read-objects.ts";
import type { OpenedSnapshot } from "../../offline/open-snapshot.ts";

/** The one pod of `TYPE/NAME` of which kubectl would print a log, and how many there are to choose from. */
export type ResolvedPod = { readonly pod: string; readonly namespace: string | undefined; readonly of: number };

/** Of a pod itself its name; of what selects pods, such as deploy/web, the first of them that has logs in the tarball; KnownError "wrong-usage" where there is none. */
export async function resolvePod(snapshot: OpenedSnapshot, typed: string, namespace: string | undefined): Promise<ResolvedPod> {
  const [word = "", name = "", ...more] = typed.split("/");
  if (name === "" && more.length === 0 && !typed.includes("/")) return { pod: typed, namespace, of: 1 };
  if (word === "" || name === "" || more.length > 0) throw refuse(snapshot, typed, "is not of the form TYPE/NAME");
  if (podWords.includes(word.toLowerCase())) return { pod: name, namespace, of: 1 };
  const kinds = listKinds(snapshot);
  const owners = await readAll(snapshot, { kinds: findKinds([word], kinds, snapshot.path), names: [name], namespace });
  const [owner] = owners;
  if (!owner) throw refuse(snapshot, typed, "is not among the tarball's objects");
  if (owners.length > 1) throw refuse(snapshot, typed, "is in several namespaces, of which -n names one");
  const selector = readSelector(owner.made);
  if (selector === undefined) throw refuse(snapshot, typed, "selects no pods");
  const pods = await readAll(snapshot, {
    kinds: kinds.filter(({ group, plural }) => group === "" && plural === "pods"),
    names: [],
    namespace: owner.namespace,
  });
  const logged = new Set(snapshot.logs.filter((log) => log.namespace === owner.namespace).map(({ pod }) => pod));
  const selected = pods.filter(({ name: pod, made }) => logged.has(pod) && isSelected(selector, made.metadata.labels));
  const [first] = selected;
  if (!first) throw refuse(snapshot, typed, "has no pod of which there is a log");
  return { pod: first.name, namespace: owner.namespace, of: selected.length };
}

/** Known where a tarball names no kinds. */
const podWords = ["pod", "pods", "po"];

type Wanted = { readonly kinds: readonly SnapshotKind[]; readonly names: readonly string[]; readonly namespace: string | undefined };

async function readAll(snapshot: OpenedSnapshot, { kinds, names, namespace }: Wanted): Promise<readonly FoundObject<KubernetesObject>[]> {
  const wanted = kinds.map((kind) => ({ kind, names }));
  const found = await readObjects(snapshot, wanted, { namespace, requirements: [], isExact: false, make: (object) => object });
  return found.flatMap(({ objects }) => objects);
}

/** A workload's selector, and in the same form the plain labels of a service. */
function readSelector(object: KubernetesObject): unknown {
  const selector = field(object, "spec", "selector");
  if (!isJsonObject(selector) || Object.keys(selector).length === 0) return undefined;
  return "matchLabels" in selector || "matchExpressions" in selector ? selector : { matchLabels: selector };
}

const refuse = ({ path }: OpenedSnapshot, typed: string, why: string): KnownError =>
  new KnownError("wrong-usage", `${path}: ${typed} ${why}.`, { hint: `Name a pod: \`asdic get pods -A -f ${path}\` lists them.` });
