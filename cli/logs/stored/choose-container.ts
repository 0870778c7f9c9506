import { field, list, text } from "../../../core/kubernetes/field.ts";
import { findKinds } from "../../get/find-kinds.ts";
import { listKinds } from "../../get/list-kinds.ts";
import { readObjects } from "../../get/read-objects.ts";
import type { OpenedSnapshot } from "../../offline/open-snapshot.ts";
import type { PodLogs } from "./find-log.ts";

/** The container of which kubectl would print the log where none is named: the one that the pod's annotation names, else its first; the first log where the pod isn't in the tarball. */
export async function chooseContainer(snapshot: OpenedSnapshot, pod: string, { namespace, logs }: PodLogs): Promise<string> {
  const names = logs.map(({ container }) => container);
  const kinds = listKinds(snapshot).filter(({ group, plural }) => group === "" && plural === "pods");
  const wanted = (kinds.length === 0 ? [] : findKinds(["pods"], kinds, snapshot.path)).map((kind) => ({ kind, names: [pod] }));
  const found = await readObjects(snapshot, wanted, { namespace, requirements: [], isExact: false, make: (object) => object });
  const object = found[0]?.objects[0]?.made;
  const annotated = text(field(object, "metadata", "annotations", "kubectl.kubernetes.io/default-container"));
  const inOrder = list(field(object, "spec", "containers")).map((container) => text(field(container, "name")));
  return [annotated, ...inOrder].find((name) => names.includes(name)) ?? names[0] ?? "";
}
