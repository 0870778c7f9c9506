import { randomUUID } from "node:crypto";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { text } from "../../../core/kubernetes/field.ts";
import { renderTime } from "../../objects/render-time.ts";
import { apiVersionOf, type ResourceType } from "../resource-type.ts";
import { alreadyExists, badRequest, failure, invalid } from "../status-error.ts";
import type { ObjectKey } from "../store/store.ts";
import { dropUndefined } from "./drop-undefined.ts";
import { decodeObject } from "./decode-object.ts";
import { hasGeneration, initialStatus } from "./initial-status.ts";
import { admit, type RegistryContext } from "./registry-context.ts";
import { strategyOf } from "./strategies/all.ts";
import { trackManagers, type Written } from "./track-managers.ts";
import { validateMetadata } from "./validate-metadata.ts";
import { randomSuffix } from "../../objects/name-suffix.ts";

/** Stores a new object as the API server does; with `dryRun` it is only said what would be stored. Throws StatusError. */
export function createObject(context: RegistryContext, type: ResourceType, given: Written): KubernetesObject {
  const { store, schema, clock } = context;
  const { options } = given;
  const { metadata } = given.object;
  if (type.namespaced && text(metadata.namespace) === "")
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  if (text(metadata.resourceVersion) !== "") throw failure("resourceVersion should not be set on objects to be created");
  const decoded = decodeObject(context, type, given);
  const named = { ...decoded, apiVersion: apiVersionOf(type), kind: type.kind, metadata: { ...decoded.metadata, name: chooseName(decoded.metadata) } };
  if (!type.verbs.includes("get")) return admit(context, { operation: "CREATE", type, object: named, options });
  const tracked = trackManagers(context, type, { ...given, object: withSystemFields(type, named, renderTime(clock.now())) });
  const admitted = admit(context, { operation: "CREATE", type, object: tracked, options });
  const strategy = strategyOf(type);
  const prepared = strategy.prepareCreate?.({ type, object: admitted, store }) ?? admitted;
  const causes = [...validateMetadata(type, prepared), ...schema.validate(type, prepared)];
  if (causes.length > 0) throw invalid(type, prepared.metadata.name, causes);
  const key: ObjectKey = { type, namespace: type.namespaced ? text(prepared.metadata.namespace) : "", name: prepared.metadata.name };
  if (store.get(key) !== undefined) throw alreadyExists(type, key.name);
  const object = dropUndefined(strategy.allocate?.({ type, object: prepared, store }) ?? prepared);
  return options.dryRun === true ? object : store.put(key, object);
}

const longestPrefix = 58;

function chooseName({ name, generateName }: KubernetesObject["metadata"]): string {
  const prefix = text(generateName);
  if (text(name) !== "" || prefix === "") return text(name);
  return prefix.slice(0, longestPrefix) + randomSuffix(5);
}

/** What the server alone writes. */
function withSystemFields(type: ResourceType, object: KubernetesObject, now: string): KubernetesObject {
  const {
    selfLink: _selfLink,
    deletionTimestamp: _time,
    deletionGracePeriodSeconds: _grace,
    resourceVersion: _version,
    namespace,
    ...metadata
  } = object.metadata;
  const status = initialStatus(type, now);
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(type.namespaced && namespace !== undefined ? { namespace } : {}),
      uid: randomUUID(),
      creationTimestamp: now,
      ...(hasGeneration(type) ? { generation: 1 } : {}),
    },
    ...(status === undefined ? {} : { status }),
  };
}
