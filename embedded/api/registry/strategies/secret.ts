import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { FieldCause } from "../../status-error.ts";
import { type Strategy } from "./strategy.ts";
import { objectAt } from "../../../objects/object-fields.ts";
import { forbidden, immutable } from "../../causes.ts";

/** Secrets: stringData goes into data, and type and immutable content stay. Source: pkg/apis/core/validation, ValidateSecretUpdate. */
export const secret: Strategy = {
  validateUpdate: (object, old) => [...immutable("type", object["type"], old["type"]), ...findImmutable(["data"], object, old)],
};

/** ConfigMaps: immutable content stays. */
export const configMap: Strategy = { validateUpdate: (object, old) => findImmutable(["data", "binaryData"], object, old) };

function findImmutable(parts: readonly string[], object: KubernetesObject, old: KubernetesObject): readonly FieldCause[] {
  if (old["immutable"] !== true) return [];
  const changed = parts.filter((part) => !isDeepStrictEqual(objectAt(object[part]), objectAt(old[part])));
  return [...(object["immutable"] === true ? [] : ["immutable"]), ...changed].flatMap((part) => forbidden(part, "field is immutable when `immutable` is set"));
}
