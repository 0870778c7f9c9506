import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { type Json, type JsonObject } from "../../../core/contract/json.ts";
import { list, text } from "../../../core/kubernetes/field.ts";
import { apiVersionOf, type ResourceType } from "../resource-type.ts";
import { badRequest, conflict, failure, invalid } from "../status-error.ts";
import type { ObjectKey } from "../store/store.ts";
import { dropUndefined } from "./drop-undefined.ts";
import { decodeObject } from "./decode-object.ts";
import { hasGeneration } from "./initial-status.ts";
import { admit, type RegistryContext } from "./registry-context.ts";
import { strategyOf } from "./strategies/all.ts";
import { takeSubresource } from "./take-subresource.ts";
import { trackManagers, type Written } from "./track-managers.ts";
import { validateMetadataUpdate } from "./validate-metadata.ts";
import { objectAt, objectsAt } from "../../objects/object-fields.ts";

type Update = Written & { readonly old: KubernetesObject };

/** Stores an object's next state as the API server does: what would change nothing is not written, and what nothing holds any more goes. Throws StatusError. */
export function updateObject(context: RegistryContext, key: ObjectKey, { old, object: given, options, isApplied = false }: Update): KubernetesObject {
  const { store, schema } = context;
  const { type } = key;
  refuseOtherObject(key, given);
  refuseStale(key, given, old);
  const decoded = decodeObject(context, type, { object: withKind(type, given), options });
  const kept = keepSystemFields(decoded, old);
  const { subresource = "" } = options;
  const strategy = strategyOf(type);
  const taken = takeSubresource(type, subresource, { object: kept, old });
  const tracked = trackManagers(context, type, { object: taken, old, options, isApplied });
  const admitted = admit(context, { operation: "UPDATE", type, object: tracked, old, options });
  const prepared = subresource === "" ? (strategy.prepareUpdate?.({ type, object: admitted, old, store }) ?? admitted) : admitted;
  const counted = isWish(subresource) ? withGeneration(type, dropUndefined(prepared), old) : dropUndefined(prepared);
  const causes = [
    ...validateMetadataUpdate(counted, old),
    ...(subresource === "" ? (strategy.validateUpdate?.(counted, old) ?? []) : []),
    ...(subresource === "" || subresource === "status" ? schema.validate(type, counted, old) : []),
  ];
  if (causes.length > 0) throw invalid(type, key.name, causes);
  const object = dropUndefined(subresource === "" ? (strategy.allocate?.({ type, object: counted, old, store }) ?? counted) : counted);
  if (isSame(object, old)) return old;
  if (options.dryRun === true) return object;
  if (!isReleased(object)) return store.put(key, object);
  store.remove(key);
  return object;
}

const withKind = (type: ResourceType, object: KubernetesObject): KubernetesObject => ({ ...object, apiVersion: apiVersionOf(type), kind: type.kind });

/** Throws StatusError 400 for an object that is not where it is to be written. */
export function refuseOtherObject({ type, namespace, name }: ObjectKey, { metadata }: KubernetesObject): void {
  if (text(metadata.name) === "") throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  if (metadata.name !== name) throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  if (type.namespaced && text(metadata.namespace) !== "" && metadata.namespace !== namespace)
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
}

/** An object that names a version must name the present one. */
function refuseStale({ type, name }: ObjectKey, { metadata }: KubernetesObject, { metadata: old }: KubernetesObject): void {
  const version = text(metadata.resourceVersion);
  if (version === "" || version === "0") return;
  if (!/^\d+$/.test(version)) throw failure(`strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`);
  if (version !== old.resourceVersion)
    throw conflict(type, name, "the object has been modified; please apply your changes to the latest version and try again");
}

/** What the server alone writes stays, and what may not change counts as unchanged where it is left out. */
function keepSystemFields(object: KubernetesObject, { metadata: old }: KubernetesObject): KubernetesObject {
  const { selfLink: _selfLink, generation: _generation, ...metadata } = object.metadata;
  const inherited = ["namespace", "uid", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields"].filter(
    (key) => (metadata[key] ?? "") === "" && old[key] !== undefined,
  );
  const always = ["resourceVersion", "creationTimestamp", "generation"].filter((key) => old[key] !== undefined);
  return { ...object, metadata: { ...metadata, ...Object.fromEntries([...inherited, ...always].map((key) => [key, old[key]])) } };
}

/** Whether a write says what is wanted, and not what is: who is given a node, or reports, starts no new generation. */
const isWish = (subresource: string): boolean => !["status", "binding", "approval", "finalize"].includes(subresource);

/** A generation is a state of what is wanted. */
function withGeneration(type: ResourceType, object: KubernetesObject, old: KubernetesObject): KubernetesObject {
  const { generation } = old.metadata;
  if (!hasGeneration(type) || typeof generation !== "number") return object;
  const isChanged =
    !isDeepStrictEqual(wantedOf(object), wantedOf(old)) ||
    (type.kind === "Deployment" && !isDeepStrictEqual(object.metadata.annotations ?? {}, old.metadata.annotations ?? {}));
  return isChanged ? { ...object, metadata: { ...object.metadata, generation: generation + 1 } } : object;
}

function wantedOf(object: KubernetesObject): JsonObject {
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, status: _status, ...wanted } = object;
  return wanted;
}

/** Who wrote when does not count. */
function isSame(object: KubernetesObject, old: KubernetesObject): boolean {
  const comparable = ({ metadata, ...rest }: KubernetesObject): JsonObject => ({
    ...rest,
    metadata: { ...metadata, managedFields: objectsAt(metadata["managedFields"]).map(withoutTime) },
  });
  return isDeepStrictEqual(comparable(object), comparable(old));
}

function withoutTime(entry: JsonObject): Json {
  const { time: _time, ...others } = entry;
  return others;
}

/** Whether deletion waited only for finalizers that are gone now. */
function isReleased(object: KubernetesObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds: grace, finalizers } = object.metadata;
  const isHeld = object.kind === "Namespace" && list(objectAt(object["spec"])["finalizers"]).length > 0;
  return deletionTimestamp !== undefined && (grace === undefined || grace === 0) && list(finalizers).length === 0 && !isHeld;
}
