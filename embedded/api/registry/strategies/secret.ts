import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { FieldCause } from "../../status-error.ts";
import { partOf, type Strategy } from "./strategy.ts";

/** Secrets: stringData goes into data, and type and immutable content stay. Source: pkg/apis/core/validation, ValidateSecretUpdate. */
export const secret: Strategy = {
  prepareCreate: ({ object }) => withData(object),
  prepareUpdate: ({ object, old }) => withData({ ...object, type: object["type"] ?? old["type"] }),
  validateUpdate: (object, old) => [
    ...(object["type"] === old["type"]
      ? []
      : [{ reason: "FieldValueInvalid", field: "type", message: `Invalid value: ${JSON.stringify(object["type"])}: field is immutable` }]),
    ...findImmutable(["data"], object, old),
  ],
};

/** ConfigMaps: immutable content stays. */
export const configMap: Strategy = { validateUpdate: (object, old) => findImmutable(["data", "binaryData"], object, old) };

function withData(given: KubernetesObject): KubernetesObject {
  const { stringData: _stringData, ...rest } = given;
  const object: KubernetesObject = rest;
  const written = Object.entries(partOf(given, "stringData")).map(([key, value]) => [key, Buffer.from(String(value)).toString("base64")]);
  return written.length === 0 ? object : { ...object, data: { ...partOf(object, "data"), ...Object.fromEntries(written) } };
}

function findImmutable(parts: readonly string[], object: KubernetesObject, old: KubernetesObject): readonly FieldCause[] {
  if (old["immutable"] !== true) return [];
  const changed = parts.filter((part) => !isDeepStrictEqual(partOf(object, part), partOf(old, part)));
  return [...(object["immutable"] === true ? [] : ["immutable"]), ...changed].map((part) => ({
    reason: "FieldValueForbidden",
    field: part,
    message: "Forbidden: field is immutable when `immutable` is set",
  }));
}
