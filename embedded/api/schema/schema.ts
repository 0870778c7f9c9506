import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../resource-type.ts";
import { apiVersionOf } from "../resource-type.ts";
import type { FieldCause } from "../status-error.ts";
import { applyDefaults } from "./defaults/apply-defaults.ts";
import { decodeObject } from "./decode-object.ts";
import type { SchemaNode } from "./schema-node.ts";
import { findSchemaNode } from "./schema-node.ts";
import { validateObject } from "./validation/validate-object.ts";

/** What the API server knows of the shape of its objects. A type without a schema (a custom one) may have any fields and gets no defaults. */
export type Schema = {
  /** The strict decoder's complaints, each as the real server says it: `unknown field "spec.foo"`. */
  unknownFields(type: ResourceType, object: KubernetesObject): readonly string[];
  /** The object as its type reads it: without unknown fields and nulls, quantities in canonical form. Throws StatusError 400 where a value has the wrong type. */
  decode(type: ResourceType, object: KubernetesObject): KubernetesObject;
  /** The object with all fields that the real server fills in before admission. */
  applyDefaults(type: ResourceType, object: KubernetesObject): KubernetesObject;
  /** What is wrong with a new object, or with an update of `old`; each message is the real server's. Empty: it may be stored. */
  validate(type: ResourceType, object: KubernetesObject, old?: KubernetesObject): readonly FieldCause[];
  /** How fields of a type are merged; undefined for a type without a schema. */
  nodeOf(type: ResourceType): SchemaNode | undefined;
};

/** The schemas of schemas.json, with the real server's defaults and checks for what users write. */
export function createSchema(): Schema {
  const nodeOf = (type: ResourceType): SchemaNode | undefined => findSchemaNode(apiVersionOf(type), type.kind);
  return {
    nodeOf,
    unknownFields: (type, object) => decodeObject(type, object, nodeOf(type)).unknown,
    decode: (type, object) => decodeObject(type, object, nodeOf(type)).object,
    applyDefaults: (type, object) => applyDefaults(type, object),
    validate: (type, object, old) => validateObject({ type, object, old }),
  };
}
