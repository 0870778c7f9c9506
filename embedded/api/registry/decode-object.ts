import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../resource-type.ts";
import { badRequest } from "../status-error.ts";
import type { WriteOptions } from "./api.ts";
import type { RegistryContext } from "./registry-context.ts";

/** An object as its type reads it, with defaults. Fields that the type does not know go; whoever wants to hear of them is warned or refused (StatusError 400). */
export function decodeObject(
  { schema }: Pick<RegistryContext, "schema">,
  type: ResourceType,
  given: { readonly object: KubernetesObject; readonly options: WriteOptions },
): KubernetesObject {
  const { object, options } = given;
  const { fieldValidation = "Warn", warn } = options;
  if (fieldValidation === "Strict" || (fieldValidation === "Warn" && warn !== undefined)) {
    const complaints = schema.unknownFields(type, object);
    if (fieldValidation === "Strict" && complaints.length > 0)
      throw badRequest(`${type.kind} in version "${type.version}" cannot be handled as a ${type.kind}: strict decoding error: ${complaints.join(", ")}`);
    for (const complaint of complaints) warn?.(complaint);
  }
  return schema.applyDefaults(type, schema.decode(type, object));
}
