import { field, text } from "../../../../core/kubernetes/field.ts";
import { findSubdomainProblems } from "../../../../core/kubernetes/names.ts";
import type { Causes } from "../../causes.ts";
import { invalidValue, invalidValues, none, notSupported, required, when } from "../../causes.ts";
import { findConfigKeyProblems, findEnvNameProblems, qualifiedName } from "./value-rules.ts";

/** A container's `env`. */
export function validateEnv(path: string, variables: readonly unknown[]): Causes {
  return variables.flatMap((variable, index) => {
    const name = text(field(variable, "name"));
    return [
      ...(name === "" ? required(`${path}[${index}].name`) : invalidValues(`${path}[${index}].name`, name, findEnvNameProblems(name))),
      ...validateSource(`${path}[${index}].valueFrom`, variable),
    ];
  });
}

/** A container's `envFrom`. */
export function validateEnvFrom(path: string, sources: readonly unknown[]): Causes {
  return sources.flatMap((source, index) => {
    const prefix = text(field(source, "prefix"));
    const references = ["configMapRef", "secretRef"].filter((kind) => field(source, kind) !== undefined);
    return [
      ...when(prefix !== "", () => invalidValues(`${path}[${index}].prefix`, prefix, findEnvNameProblems(prefix))),
      ...references.flatMap((kind) => {
        const name = text(field(source, kind, "name"));
        return name === "" ? required(`${path}[${index}].${kind}.name`) : invalidValues(`${path}[${index}].${kind}.name`, name, findSubdomainProblems(name));
      }),
      ...when(references.length === 0, () => invalidValue(path, "", "must specify one of: `configMapRef` or `secretRef`")),
      ...when(references.length > 1, () => invalidValue(path, "", "may not have more than one field specified at a time")),
    ];
  });
}

const fields = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];
const volumeFields = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];
const known = new Set([...fields, ...volumeFields, "spec.restartPolicy", "spec.schedulerName", "status.phase"]);
const resources = ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

function validateSource(path: string, variable: unknown): Causes {
  const source = field(variable, "valueFrom");
  if (source === undefined) return none;
  const [fieldRef, resourceRef] = [field(source, "fieldRef"), field(source, "resourceFieldRef")];
  const references = ["configMapKeyRef", "secretKeyRef"].filter((kind) => field(source, kind) !== undefined);
  const count = references.length + [fieldRef, resourceRef, field(source, "fileKeyRef")].filter((one) => one !== undefined).length;
  return [
    ...when(fieldRef !== undefined, () => validateFieldRef(`${path}.fieldRef`, fieldRef, false)),
    ...when(resourceRef !== undefined, () => validateResourceRef(`${path}.resourceFieldRef`, resourceRef, false)),
    ...references.flatMap((kind) => validateKeyRef(`${path}.${kind}`, field(source, kind))),
    ...(count === 0
      ? invalidValue(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`")
      : text(field(variable, "value")) !== ""
        ? invalidValue(path, "", "may not be specified when `value` is not empty")
        : count > 1
          ? invalidValue(path, "", "may not have more than one field specified at a time")
          : none),
  ];
}

function validateKeyRef(path: string, reference: unknown): Causes {
  const [name, key] = [text(field(reference, "name")), text(field(reference, "key"))];
  return [
    ...invalidValues(`${path}.name`, name, findSubdomainProblems(name)),
    ...(key === "" ? required(`${path}.key`) : invalidValues(`${path}.key`, key, findConfigKeyProblems(key))),
  ];
}

/** A field of the pod, as a variable or in a volume. */
export function validateFieldRef(path: string, reference: unknown, inVolume: boolean): Causes {
  const fieldPath = text(field(reference, "fieldPath"));
  if (fieldPath === "") return required(`${path}.fieldPath`);
  const { of = "", key = "" } = /^(?<of>metadata\.(?:labels|annotations))\['(?<key>.*)'\]$/.exec(fieldPath)?.groups ?? {};
  if (of !== "") return qualifiedName(path, of === "metadata.annotations" ? key.toLowerCase() : key);
  if (!known.has(fieldPath)) return invalidValue(`${path}.fieldPath`, fieldPath, `error converting fieldPath: field label not supported: ${fieldPath}`);
  const allowed = inVolume ? volumeFields : fields;
  return allowed.includes(fieldPath) ? none : notSupported(`${path}.fieldPath`, fieldPath, allowed);
}

/** A container's request or limit, as a variable or in a volume. */
export function validateResourceRef(path: string, reference: unknown, inVolume: boolean): Causes {
  const resource = text(field(reference, "resource"));
  if (inVolume && text(field(reference, "containerName")) === "") return required(`${path}.containerName`);
  if (resource === "") return required(`${path}.resource`);
  return resources.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource) ? none : notSupported(`${path}.resource`, resource, resources);
}
