import type { KubernetesObject, OwnerReference } from "../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import {
  findDnsLabelProblems,
  findLabelValueProblems,
  findPathSegmentProblems,
  findQualifiedNameProblems,
  findSubdomainProblems,
} from "../../../core/kubernetes/names.ts";
import type { ResourceType } from "../resource-type.ts";
import type { FieldCause } from "../status-error.ts";
import { forbidden, invalidValue, required, tooLong } from "../causes.ts";
import { finalizerName } from "../schema/validation/value-rules.ts";

/** What is wrong with a new object's metadata, in the API server's words. Source: k8s.io/apimachinery, pkg/api/validation/objectmeta.go. */
export function validateMetadata(type: ResourceType, { metadata }: KubernetesObject): readonly FieldCause[] {
  const { name } = metadata;
  const generateName = text(metadata["generateName"]);
  const findProblems = nameRule(type);
  // A prefix may end in what a name may not.
  const prefix = generateName.endsWith("-") ? `${generateName.slice(0, -1)}a` : generateName;
  return [
    ...(generateName === "" ? [] : findProblems(prefix).flatMap((problem) => invalidValue("metadata.generateName", generateName, problem))),
    ...(name === ""
      ? required("metadata.name", "name or generateName is required")
      : findProblems(name).flatMap((problem) => invalidValue("metadata.name", name, problem))),
    ...validateParts(metadata),
  ];
}

/** What is wrong with an object's metadata as an update of `old`. */
export function validateMetadataUpdate({ metadata }: KubernetesObject, { metadata: old }: KubernetesObject): readonly FieldCause[] {
  const immutable = ["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"]
    .filter((key) => metadata[key] !== old[key])
    .flatMap((key) => invalidValue(`metadata.${key}`, metadata[key] ?? null, "field is immutable"));
  const added = list(metadata["finalizers"]).filter((finalizer) => !list(old["finalizers"]).includes(finalizer));
  const names = added.map((finalizer) => JSON.stringify(finalizer)).join(", ");
  const message = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${names}}`;
  const causes = [
    ...validateParts(metadata),
    ...(old.deletionTimestamp !== undefined && added.length > 0 ? forbidden("metadata.finalizers", message) : []),
    ...immutable,
  ];
  // The real server looks twice, for all kinds and for the one, and says it twice.
  return [...causes, ...causes];
}

function validateParts(metadata: KubernetesObject["metadata"]): readonly FieldCause[] {
  return [
    ...Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => [
      ...findQualifiedNameProblems(key).flatMap((problem) => invalidValue("metadata.labels", key, problem)),
      ...findLabelValueProblems(value).flatMap((problem) => invalidValue("metadata.labels", value, problem)),
    ]),
    ...validateAnnotations(metadata.annotations ?? {}),
    ...validateOwners(metadata.ownerReferences ?? []),
    ...list(metadata["finalizers"]).flatMap((value, index) => finalizerName(`metadata.finalizers[${index}]`, text(value))),
  ];
}

const maxAnnotationBytes = 256 * 1024;

function validateAnnotations(annotations: { readonly [key: string]: string }): readonly FieldCause[] {
  const bytes = Object.entries(annotations).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  return [
    ...Object.keys(annotations).flatMap((key) =>
      findQualifiedNameProblems(key.toLowerCase()).flatMap((problem) => invalidValue("metadata.annotations", key, problem)),
    ),
    ...(bytes > maxAnnotationBytes ? tooLong("metadata.annotations", maxAnnotationBytes) : []),
  ];
}

function validateOwners(owners: readonly OwnerReference[]): readonly FieldCause[] {
  const controllers = owners.filter(({ controller }) => controller === true);
  const [first, second] = controllers.map(({ kind, name }) => `${kind}/${name}`);
  return [
    ...owners.flatMap((owner) => [
      ...(owner.apiVersion === "" || owner.apiVersion === undefined
        ? invalidValue("metadata.ownerReferences.apiVersion", "", "version must not be empty")
        : []),
      ...(["kind", "name", "uid"] as const)
        .filter((key) => text(field(owner, key)) === "")
        .flatMap((key) => invalidValue(`metadata.ownerReferences.${key}`, "", "must not be empty")),
      ...(owner.apiVersion === "v1" && owner.kind === "Event"
        ? invalidValue("metadata.ownerReferences", owner, "/v1, Kind=Event is disallowed from being an owner")
        : []),
    ]),
    ...(second === undefined
      ? []
      : invalidValue(
          "metadata.ownerReferences",
          owners,
          `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${second}`,
        )),
  ];
}

function nameRule({ group, kind }: ResourceType): (name: string) => readonly string[] {
  if (group === "rbac.authorization.k8s.io") return findPathSegmentProblems;
  if (group === "" && (kind === "Namespace" || kind === "Service")) return findDnsLabelProblems;
  return findSubdomainProblems;
}
