import assert from "node:assert/strict";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { Admission, Api } from "../../../../embedded/api/registry/api.ts";
import { createApi } from "../../../../embedded/api/registry/create-api.ts";
import type { ResourceType } from "../../../../embedded/api/resource-type.ts";
import { builtInTypes, createTypeTable } from "../../../../embedded/api/resource-types.ts";
import type { Schema } from "../../../../embedded/api/schema/schema.ts";
import { StatusError } from "../../../../embedded/api/status-error.ts";
import { createMemoryStore } from "../../../../embedded/api/store/memory-store.ts";
import type { ObjectKey } from "../../../../embedded/api/store/store.ts";

/** What the registry does by itself is seen best with types that have no schema. */
const plain: Schema = {
  unknownFields: (_type, object) => ("unknown" in object ? ['unknown field "unknown"'] : []),
  decode: (_type, object) => object,
  applyDefaults: (_type, object) => object,
  validate: () => [],
  nodeOf: () => undefined,
};

export type Registry = { readonly api: Api; readonly typeOf: (name: string) => ResourceType; readonly keyOf: (name: string, object: string) => ObjectKey };

/** An API over an empty store, at half past eight. Objects are named "pods", "web" in namespace "shop". */
export function openRegistry(admissions: readonly Admission[] = []): Registry {
  const clock = { now: (): Date => new Date("2026-05-04T08:30:00.400Z") };
  const api = createApi({ store: createMemoryStore(), types: createTypeTable(builtInTypes), schema: plain, admissions, clock });
  const typeOf = (plural: string): ResourceType => {
    const type = api.types.all().find((one) => one.plural === plural);
    assert.ok(type, plural);
    return type;
  };
  return { api, typeOf, keyOf: (plural, name) => ({ type: typeOf(plural), namespace: typeOf(plural).namespaced ? "shop" : "", name }) };
}

/** A new object of namespace "shop". */
export const objectOf = (name: string, rest: object = {}, metadata: object = {}): KubernetesObject => ({
  ...rest,
  metadata: { namespace: "shop", name, ...metadata },
});

/** What the call was refused with. */
export function refusalOf(call: () => unknown): { readonly code: number; readonly reason: string; readonly message: string; readonly details: unknown } {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof StatusError, String(error));
    const { code, reason, message, details } = error;
    return { code, reason, message, details };
  }
  throw new assert.AssertionError({ message: "was not refused" });
}
