import { field, text } from "../../../../core/kubernetes/field.ts";
import type { Causes } from "../../causes.ts";
import type { Check } from "./check.ts";
import { invalidValue, invalidValues, none, required, tooLong, when } from "../../causes.ts";
import { findConfigKeyProblems } from "./value-rules.ts";

/** What may not change of ConfigMaps and Secrets is the registry's. */
export const configChecks: Readonly<Record<string, Check>> = {
  "/ConfigMap": { create: validateConfigMap },
  "/Secret": { create: validateSecret },
};

const keysOf = (value: unknown): readonly string[] => Object.keys(value ?? {});
const most = 1024 * 1024;

function validateConfigMap(object: unknown): Causes {
  const [data, binary] = [field(object, "data"), field(object, "binaryData")];
  const bytes = Object.values(data ?? {}).reduce((sum: number, value) => sum + Buffer.byteLength(text(value)), 0) + bytesOf(binary);
  return [
    ...keysOf(data).flatMap((key) => [
      ...invalidValues(`data[${key}]`, key, findConfigKeyProblems(key)),
      ...when(keysOf(binary).includes(key), () => invalidValue(`data[${key}]`, key, "duplicate of key present in binaryData")),
    ]),
    ...keysOf(binary).flatMap((key) => invalidValues(`binaryData[${key}]`, key, findConfigKeyProblems(key))),
    ...when(bytes > most, () => tooLong("", most)),
  ];
}

const bytesOf = (data: unknown): number => Object.values(data ?? {}).reduce((sum: number, value) => sum + Buffer.byteLength(text(value), "base64"), 0);

function validateSecret(object: unknown): Causes {
  const data = field(object, "data");
  return [
    ...keysOf(data).flatMap((key) => invalidValues(`data[${key}]`, key, findConfigKeyProblems(key))),
    ...when(bytesOf(data) > most, () => tooLong("data", most)),
    ...validateSecretType(text(field(object, "type")), object),
  ];
}

function validateSecretType(type: string, object: unknown): Causes {
  const needs = (...keys: readonly string[]): Causes => keys.flatMap((key) => (field(object, "data", key) === undefined ? required(`data[${key}]`) : none));
  switch (type) {
    case "kubernetes.io/service-account-token": {
      const name = "kubernetes.io/service-account.name";
      return when(text(field(object, "metadata", "annotations", name)) === "", () => required(`metadata.annotations[${name}]`));
    }
    case "kubernetes.io/dockerconfigjson":
      return [...needs(".dockerconfigjson"), ...validateJson("data[.dockerconfigjson]", field(object, "data", ".dockerconfigjson"))];
    case "kubernetes.io/dockercfg":
      return [...needs(".dockercfg"), ...validateJson("data[.dockercfg]", field(object, "data", ".dockercfg"))];
    case "kubernetes.io/basic-auth": {
      const isEmpty = ["username", "password"].every((key) => field(object, "data", key) === undefined);
      return when(isEmpty, () => needs("username", "password"));
    }
    case "kubernetes.io/ssh-auth":
      return needs("ssh-privatekey");
    case "kubernetes.io/tls":
      return needs("tls.crt", "tls.key");
    default:
      return none;
  }
}

function validateJson(path: string, data: unknown): Causes {
  if (data === undefined) return none;
  const content = Buffer.from(text(data), "base64").toString();
  try {
    JSON.parse(content);
    return none;
  } catch {
    const why = content.trim() === "" ? "unexpected end of JSON input" : `invalid character '${content.trim().charAt(0)}' looking for beginning of value`;
    return invalidValue(path, "<secret contents redacted>", why);
  }
}
