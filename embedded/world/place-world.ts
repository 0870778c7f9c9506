import { parse as parseYaml, YAMLParseError } from "yaml";
import type { JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject, OwnerReference } from "../../core/contract/kubernetes-object.ts";
import { field, text } from "../../core/kubernetes/field.ts";
import type { Api } from "../api/registry/api.ts";
import { StatusError } from "../api/status-error.ts";
import type { Clock } from "../clock.ts";
import { keyOf, typeOf } from "../objects/object-key.ts";
import { objectAt, objectsAt, stringsAt } from "../objects/object-fields.ts";
import { worldAnnotations } from "../objects/annotations.ts";
import { expandWorkload } from "./expand-workload.ts";
import type { PodAddresses } from "./fill-status.ts";
import { fillStatus } from "./fill-status.ts";
import { makeSecretCertificate } from "./make-secret-certificate.ts";
import type { World, WorldProblem } from "./parse-world.ts";
import { reviveTimes } from "./resolve-time.ts";
import { tellEvents } from "./tell-events.ts";

export type WorldPlace = {
  readonly world: World;
  readonly api: Api;
  readonly clock: Clock;
  /** Where a node is in the pod network. */
  readonly nodeOf: (nodeName: string) => { readonly address: string; readonly podCidr: string };
};

/** Puts a world's objects into the store, as if they had been there for as long as they say. `api` needs no admission: what is shown asks nobody. Gives what the API refused. */
export async function placeWorld({ world, api, clock, nodeOf }: WorldPlace): Promise<readonly WorldProblem[]> {
  const nextAddresses = createAddresses(nodeOf);
  const problems: WorldProblem[] = [];
  for (const written of world.objects) {
    const object = await makeSecretCertificate(written, clock);
    try {
      const children = expandWorkload(object, world.nodes);
      for (const one of [object, ...children]) {
        const pods = children.filter(({ kind }) => kind === "Pod").length;
        store({ api, clock }, one, (filled) => fillStatus(filled, { addresses: nextAddresses(filled), pods }));
      }
    } catch (error) {
      if (!(error instanceof StatusError) && !(error instanceof YAMLParseError)) throw error;
      problems.push({ line: world.lineOf(written), message: error.message });
    }
  }
  return problems;
}

function store({ api, clock }: { readonly api: Api; readonly clock: Clock }, object: KubernetesObject, fill: (object: KubernetesObject) => JsonObject): void {
  const { status, metadata, ...rest } = withPodStatus(object, clock);
  const type = typeOf(api, object.apiVersion ?? "", object.kind ?? "");
  const annotations = {
    ...Object.fromEntries(Object.entries(stringsAt(metadata.annotations)).filter(([name]) => name !== worldAnnotations.podStatus)),
    ...(status === undefined ? {} : { [worldAnnotations.state]: "declared" }),
  };
  const named = {
    ...metadata,
    annotations,
    ...(metadata.ownerReferences && { ownerReferences: metadata.ownerReferences.map((owner) => findOwner(api, owner, metadata)) }),
  };
  const created = api.create(type, { ...withoutPodStatus(rest), metadata: named });
  const times = ["creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"].filter((key) => metadata[key] !== undefined && metadata[key] !== "");
  const aged = { ...created, metadata: { ...created.metadata, ...Object.fromEntries(times.map((key) => [key, metadata[key]])) } };
  if (status === undefined && times.length === 0) return;
  const stored = api.store.put(keyOf(api, created), status === undefined ? aged : { ...aged, status: fill({ ...aged, status }) });
  if (stored.kind === "Pod") tellEvents({ api, clock }, stored);
}

/** A pod's status with what its annotation says of it. */
function withPodStatus(object: KubernetesObject, clock: Clock): KubernetesObject {
  const more = object.metadata.annotations?.[worldAnnotations.podStatus];
  if (object.kind !== "Pod" || more === undefined) return object;
  const parsed: unknown = parseYaml(more, reviveTimes(clock.now()));
  const status = { ...objectAt(object["status"]), ...(isJsonObject(parsed) ? parsed : {}) };
  const isPlaced = !objectsAt(status["conditions"]).some((condition) => condition["type"] === "PodScheduled" && condition["status"] === "False");
  const { nodeName: _nodeName, ...spec } = objectAt(object["spec"]);
  return { ...object, ...(isPlaced ? {} : { spec }), status };
}

/** A workload without that annotation in its template, whose pods have taken it in. */
function withoutPodStatus(object: JsonObject): JsonObject {
  const template = field(object, "spec", "template");
  if (!isJsonObject(template)) return object;
  const { annotations, ...metadata } = objectAt(template["metadata"]);
  const kept = Object.fromEntries(Object.entries(stringsAt(annotations)).filter(([name]) => !name.startsWith("embedded.asdic.dev/")));
  return {
    ...object,
    spec: { ...objectAt(object["spec"]), template: { ...template, metadata: { ...metadata, ...(Object.keys(kept).length > 0 && { annotations: kept }) } } },
  };
}

function findOwner(api: Api, owner: OwnerReference, { namespace = "" }: KubernetesObject["metadata"]): OwnerReference {
  const type = typeOf(api, owner.apiVersion, owner.kind);
  return { ...owner, uid: api.get({ type, namespace: type.namespaced ? namespace : "", name: owner.name }).metadata.uid ?? "" };
}

/** An address for each shown pod, from the upper half of its node's range, which pods that run come to last. */
function createAddresses(nodeOf: WorldPlace["nodeOf"]): (object: KubernetesObject) => PodAddresses {
  const used = new Map<string, number>();
  return (object) => {
    const node = text(field(object, "spec", "nodeName"));
    if (object.kind !== "Pod" || node === "") return { podIP: "", hostIP: "" };
    const { address, podCidr } = nodeOf(node);
    if (field(object, "spec", "hostNetwork") === true) return { podIP: address, hostIP: address };
    const host = (used.get(node) ?? 127) + 1;
    used.set(node, host);
    return { podIP: podCidr.replace(/\d+\/\d+$/, String(host)), hostIP: address };
  };
}
