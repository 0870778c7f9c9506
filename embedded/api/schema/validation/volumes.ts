import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { findDnsLabelProblems } from "../../../../core/kubernetes/names.ts";
import { nanosOf } from "../../../../core/kubernetes/quantity.ts";
import type { Causes } from "../../causes.ts";
import { duplicate, forbidden, invalidValue, invalidValues, none, oneOf, required, when } from "../../causes.ts";
import { validateFieldRef, validateResourceRef } from "./environment.ts";
import { fileMode, noDots, pathBelow } from "./value-rules.ts";

/** A pod's volumes, and the names of those that are well: others can't be mounted. */
export function validateVolumes(path: string, volumes: readonly unknown[]): { readonly causes: Causes; readonly names: ReadonlySet<string> } {
  const names = new Set<string>();
  const causes = volumes.flatMap((volume, index) => {
    const name = text(field(volume, "name"));
    const at = `${path}[${index}]`;
    const found = [
      ...validateSources(at, volume),
      ...(name === "" ? required(`${at}.name`) : invalidValues(`${at}.name`, name, findDnsLabelProblems(name))),
      ...when(names.has(name), () => duplicate(`${at}.name`, name)),
    ];
    if (found.length === 0) names.add(name);
    return found;
  });
  return { causes, names };
}

/** The order in which the API server looks at them. */
const kinds = [
  "emptyDir",
  "hostPath",
  "gitRepo",
  "secret",
  "nfs",
  "persistentVolumeClaim",
  "configMap",
  "downwardAPI",
  "projected",
  "csi",
  "ephemeral",
  "image",
];

function validateSources(path: string, volume: unknown): Causes {
  const known = kinds.filter((kind) => field(volume, kind) !== undefined);
  const [first, ...others] = known;
  if (first === undefined) return none;
  return [
    ...validateSource(`${path}.${first}`, first, field(volume, first)),
    ...others.flatMap((other) => forbidden(`${path}.${other}`, "may not specify more than 1 volume type")),
  ];
}

function validateSource(path: string, kind: string, source: unknown): Causes {
  const needs = (name: string): Causes => when(text(field(source, name)) === "", () => required(`${path}.${name}`));
  switch (kind) {
    case "emptyDir":
      return when(nanosOf(field(source, "sizeLimit")) < 0n, () => forbidden(`${path}.sizeLimit`, "SizeLimit field must be a valid resource quantity"));
    case "hostPath":
      return validateHostPath(path, source);
    case "secret":
      return [...needs("secretName"), ...validateFiles(path, source)];
    case "configMap":
      return [...needs("name"), ...validateFiles(path, source)];
    case "persistentVolumeClaim":
      return needs("claimName");
    case "nfs":
      return [...needs("server"), ...needs("path"), ...validateAbsolute(`${path}.path`, text(field(source, "path")))];
    case "downwardAPI":
      return [
        ...fileMode(`${path}.defaultMode`, field(source, "defaultMode")),
        ...list(field(source, "items")).flatMap((item) => validateDownwardItem(path, item)),
      ];
    case "projected":
      return [
        ...fileMode(`${path}.defaultMode`, field(source, "defaultMode")),
        ...list(field(source, "sources")).flatMap((part, index) => validateProjection(path, index, part)),
      ];
    default:
      return none;
  }
}

function validateHostPath(path: string, source: unknown): Causes {
  const at = text(field(source, "path"));
  const types = ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];
  return at === "" ? required(`${path}.path`) : [...noDots(`${path}.path`, at), ...oneOf(`${path}.type`, field(source, "type"), types)];
}

const validateAbsolute = (path: string, value: string): Causes =>
  when(value !== "" && !value.startsWith("/"), () => invalidValue(path, value, "must be an absolute path"));

function validateFiles(path: string, source: unknown): Causes {
  return [
    ...fileMode(`${path}.defaultMode`, field(source, "defaultMode")),
    ...list(field(source, "items")).flatMap((item, index) => {
      const at = `${path}.items[${index}]`;
      const file = text(field(item, "path"));
      return [
        ...when(text(field(item, "key")) === "", () => required(`${at}.key`)),
        ...(file === "" ? required(`${at}.path`) : pathBelow(`${at}.path`, file)),
        ...fileMode(`${at}.mode`, field(item, "mode")),
      ];
    }),
  ];
}

function validateDownwardItem(path: string, item: unknown): Causes {
  const [file, fieldRef, resourceRef] = [text(field(item, "path")), field(item, "fieldRef"), field(item, "resourceFieldRef")];
  return [
    ...(file === "" ? required(`${path}.path`) : pathBelow(`${path}.path`, file)),
    ...(fieldRef !== undefined
      ? validateFieldRef(`${path}.fieldRef`, fieldRef, true)
      : resourceRef !== undefined
        ? validateResourceRef(`${path}.resourceFieldRef`, resourceRef, true)
        : required(path, "one of fieldRef and resourceFieldRef is required")),
    ...fileMode(`${path}.mode`, field(item, "mode")),
  ];
}

function validateProjection(path: string, index: number, part: unknown): Causes {
  const at = `${path}.sources[${index}]`;
  const given = ["secret", "configMap", "downwardAPI", "serviceAccountToken"].filter((kind) => field(part, kind) !== undefined);
  const causes = given.flatMap((kind) => {
    const source = field(part, kind);
    if (kind === "downwardAPI") return list(field(source, "items")).flatMap((item) => validateDownwardItem(`${at}.${kind}`, item));
    if (kind === "serviceAccountToken") return validateToken(`${at}.${kind}`, source, path);
    return [...when(text(field(source, "name")) === "", () => required(`${at}.${kind}.name`)), ...validateFiles(`${at}.${kind}`, source)];
  });
  return [...causes, ...when(given.length > 1, () => forbidden(at, "may not specify more than 1 volume type per source"))];
}

function validateToken(path: string, source: unknown, volume: string): Causes {
  const seconds = Number(field(source, "expirationSeconds") ?? 3600);
  return [
    ...when(text(field(source, "path")) === "", () => required(`${volume}.path`)),
    ...when(seconds < 600, () => invalidValue(`${path}.expirationSeconds`, seconds, "may not specify a duration less than 10 minutes")),
    ...when(seconds > 2 ** 32, () => invalidValue(`${path}.expirationSeconds`, seconds, "may not specify a duration larger than 2^32 seconds")),
  ];
}
