import type { KubernetesObject, ObjectMeta } from "../../../core/contract/kubernetes-object.ts";
import { labels } from "../../../core/contract/names.ts";
import { listRunObjects } from "../../run/manifest/render-manifest.ts";
import type { Check, CheckInput, Problem } from "../check.ts";
import { listAll } from "../../list-all.ts";
import { nameSome } from "../../name-some.ts";

/** What earlier runs, other tools' runs and conformance suites have left in the cluster, or still do there. */
export const leftovers: Check = {
  code: "leftovers",
  run: async (input) => {
    const seen = await look(input);
    const problems = [...findClashes(seen, input), ...findOrphans(seen, input), ...findSuiteNamespaces(seen), ...findSonobuoy(seen)];
    return { seen: "Nothing is left of earlier runs.", problems };
  },
};

type Seen = {
  /** ClusterRoles of any run; each has a binding of the same name. */
  readonly roles: readonly KubernetesObject[];
  readonly namespaces: readonly ObjectMeta[];
  /** Namespaces in which Sonobuoy itself runs. */
  readonly sonobuoys: readonly string[];
};

async function look({ cluster, signal }: CheckInput): Promise<Seen> {
  const reading = {
    roles: listAll(cluster, { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", labelSelector: labels.run, signal }),
    namespaces: listAll(cluster, { apiVersion: "v1", kind: "Namespace", signal }),
    sonobuoys: listAll(cluster, { apiVersion: "v1", kind: "Pod", labelSelector: sonobuoySelector, fieldSelector: "status.phase=Running", signal }),
  };
  // Of several that fail, always the same one is told.
  await Promise.allSettled(Object.values(reading));
  return {
    roles: await reading.roles,
    namespaces: (await reading.namespaces).map(({ metadata }) => metadata),
    sonobuoys: (await reading.sonobuoys).map(({ metadata }) => metadata.namespace ?? ""),
  };
}

/** Ours have Sonobuoy's labels too, and one of our own. */
const sonobuoySelector = `${labels.sonobuoyRole}=aggregator,!${labels.run}`;

const homeOf = ({ labels: own, ownerReferences }: ObjectMeta): string | undefined =>
  own?.[labels.namespace] ?? ownerReferences?.find(({ kind }) => kind === "Namespace")?.name;

/** A role of somebody else under the name that this run gives to one of its own. */
function findClashes({ roles }: Seen, { objects, plan }: CheckInput): readonly Problem[] {
  const wanted = roleNames(objects);
  const clashing = roles.filter(({ metadata }) => wanted.has(metadata.name) && homeOf(metadata) !== plan.spec.namespace);
  return clashing.map(({ metadata }) => ({
    severity: "error",
    sentence: `The ClusterRole ${metadata.name}, which this run needs to make, is there already: it belongs to ${describeHome(metadata)}.`,
    fix: `Use another --namespace, or, if that run is over, \`kubectl delete clusterrole,clusterrolebinding ${metadata.name}\`.`,
  }));
}

const roleNames = (objects: CheckInput["objects"]): ReadonlySet<string> =>
  new Set(listRunObjects(objects).flatMap(({ kind, metadata }) => (kind === "ClusterRole" ? metadata.name : [])));

const describeHome = (metadata: ObjectMeta): string => {
  const home = homeOf(metadata);
  return home === undefined ? `run ${metadata.labels?.[labels.run] ?? ""}` : `a run in namespace ${home}`;
};

/** Kubernetes removes what a namespace owns; what kubectl has applied has no owner, and says its namespace by a label. */
function findOrphans({ roles, namespaces }: Seen, { plan, objects }: CheckInput): readonly Problem[] {
  // What is left in the run's own namespace makes way for it, and what is in its way has been told.
  const known = new Set([...namespaces.map(({ name }) => name), plan.spec.namespace]);
  const wanted = roleNames(objects);
  const orphans = roles.filter(({ metadata }) => !wanted.has(metadata.name) && !known.has(homeOf(metadata) ?? plan.spec.namespace));
  if (orphans.length === 0) return [];
  const sentence = `Runs whose namespace is gone have left ${orphans.length === 1 ? "a ClusterRole" : `${orphans.length} ClusterRoles`} in the cluster: ${nameSome(orphans.map(({ metadata }) => metadata.name))}.`;
  return [{ severity: "warning", sentence, fix: `${remedy}.` }];
}

const remedy = "`asdic delete --all --dry-run` lists what can go, with --yes instead of --dry-run it goes";

/** The suite's own tests make these, and remove them unless they are ended. */
function findSuiteNamespaces({ namespaces }: Seen): readonly Problem[] {
  const left = namespaces.filter(({ labels: own }) => own?.["e2e-framework"] !== undefined || own?.["e2e-run"] !== undefined).map(({ name }) => name);
  if (left.length === 0) return [];
  const sentence = `A conformance suite is running, or has left ${left.length === 1 ? "a namespace" : `${left.length} namespaces`}: ${nameSome(left)}.`;
  return [{ severity: "warning", sentence, fix: `Such namespaces may change the results. If none is running: ${remedy}.` }];
}

function findSonobuoy({ sonobuoys }: Seen): readonly Problem[] {
  if (sonobuoys.length === 0) return [];
  const sentence = `Sonobuoy is running in namespace ${nameSome([...new Set(sonobuoys)])}.`;
  return [{ severity: "warning", sentence, fix: "Two runs at once may disturb each other; `sonobuoy status` tells how far that one is." }];
}
