import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { applyPatch, refusePatch, renderSorted } from "../patch/apply-patch.ts";
import { qualifiedName, type ResourceType } from "../resource-type.ts";
import { conflict, methodNotAllowed, notFound } from "../status-error.ts";
import type { ObjectKey } from "../store/store.ts";
import type { Api, WriteOptions } from "./api.ts";
import { bindPod } from "./bind-pod.ts";
import { createObject } from "./create-object.ts";
import { deleteObject } from "./delete-object.ts";
import { spendBudget, withDisruption } from "./evict-pod.ts";
import { buildSuccess, parseDeleteOptions } from "./eviction.ts";
import type { RegistryContext } from "./registry-context.ts";
import { applyScale, buildScale, scaleType } from "./scale.ts";
import { createSelect } from "./select.ts";
import { refuseOtherObject, updateObject } from "./update-object.ts";
import { watchObjects } from "./watch-objects.ts";

/** The API server's verbs over a store. Creating with `subresource` binding or eviction takes a Binding or Eviction for type Pod; `scale` takes and gives a Scale. */
export function createApi(context: RegistryContext): Api {
  const { store, types, schema, clock } = context;

  const get = (key: ObjectKey): KubernetesObject => {
    const object = store.get(key);
    if (object === undefined) throw notFound(key.type, key.name);
    return object;
  };

  const remove: Api["delete"] = (key, options = {}) => deleteObject(context, key, { old: get(key), options });

  function write(key: ObjectKey, object: KubernetesObject, options: WriteOptions & { readonly isApplied?: boolean }): KubernetesObject {
    const old = get(key);
    const { isApplied = false } = options;
    if (options.subresource !== "scale") return updateObject(context, key, { old, object, options, isApplied });
    return buildScale(updateObject(context, key, { old, object: applyScale(old, object), options, isApplied }));
  }

  function evict(key: ObjectKey, eviction: KubernetesObject, options: WriteOptions): KubernetesObject {
    const deletion = { ...parseDeleteOptions(eviction), ...(options.user === undefined ? {} : { user: options.user }) };
    const dryRun = options.dryRun === true || deletion.dryRun === true;
    const spent = spendBudget(context, get(key));
    if (!dryRun) {
      if (spent !== undefined) write(spent.key, spent.object, { subresource: "status" });
      write(key, withDisruption(get(key), clock.now()), { subresource: "status" });
    }
    remove(key, { ...deletion, dryRun });
    return buildSuccess();
  }

  function bind(key: ObjectKey, binding: KubernetesObject, options: WriteOptions): KubernetesObject {
    write(key, bindPod(context, key, { pod: get(key), binding }), { ...options, subresource: "binding" });
    return buildSuccess();
  }

  const list: Api["list"] = (type, selection = {}) => store.list(type, selection.namespace).filter(createSelect(type, selection));

  return {
    types,
    store,
    get,
    find: (key) => store.get(key),
    list,
    create(type, object, options = {}) {
      const { namespace = "", name } = object.metadata;
      const pods = types.ofKind("v1", "Pod");
      const key = { type, namespace, name };
      if (type.kind === "Binding" && type.group === "" && pods !== undefined) return bind({ ...key, type: pods }, object, options);
      switch (options.subresource) {
        case undefined:
        case "":
          return createObject(context, type, { object, options });
        case "eviction":
          return evict(key, object, options);
        case "binding":
          return bind(key, object, options);
        default:
          throw methodNotAllowed();
      }
    },
    update(key, object, options = {}) {
      const old = store.get(key);
      refuseOtherUid(key, object, old);
      if (old !== undefined || (options.subresource ?? "") !== "" || !isMadeByUpdate(key.type)) return write(key, object, options);
      refuseOtherObject(key, object);
      const { resourceVersion: _version, ...metadata } = object.metadata;
      return createObject(context, key.type, { object: { ...object, metadata }, options });
    },
    modify: (key, change, options = {}) => write(key, change(get(key)), options),
    patch(key, patch, options = {}) {
      const { type, namespace, name } = key;
      const { subresource = "", fieldManager = "unknown" } = options;
      const stored = store.get(key);
      if (stored === undefined && (patch.kind !== "apply" || subresource !== "")) throw notFound(type, name);
      const isScale = subresource === "scale" && stored !== undefined;
      const current = isScale ? buildScale(stored) : stored;
      const patched = applyPatch({ type: isScale ? scaleType : type, current, patch, schema, fieldManager, now: clock.now(), subresource });
      if (patch.kind !== "apply" && options.fieldValidation === "Strict") refuseUnknownFields(context, type, patched);
      const isApplied = patch.kind === "apply";
      if (stored !== undefined) return write(key, patched, { ...options, isApplied });
      refuseOtherObject(key, patched);
      return createObject(context, type, {
        object: { ...patched, metadata: { ...(type.namespaced ? { namespace } : {}), ...patched.metadata } },
        options,
        isApplied,
      });
    },
    delete: remove,
    deleteCollection(type, options) {
      const found = list(type, options);
      for (const { metadata } of found) {
        const key = { type, namespace: metadata.namespace ?? "", name: metadata.name };
        if (store.get(key) !== undefined) remove(key, options);
      }
      return found;
    },
    watch: (type, selection, onEvent) => watchObjects(store, { ...selection, type }, onEvent),
  };
}

/** As the real server says it of patches, which it decodes by itself. */
function refuseUnknownFields({ schema }: RegistryContext, type: ResourceType, patched: KubernetesObject): void {
  const complaints = schema.unknownFields(type, patched);
  if (complaints.length === 0) return;
  throw refusePatch(renderSorted(patched), `strict decoding error: ${complaints.join(", ")}`);
}

/** Kinds whose update makes what is not there. */
const isMadeByUpdate = (type: ResourceType): boolean =>
  ["endpoints", "events", "leases.coordination.k8s.io", "limitranges", "services"].includes(qualifiedName(type)) || type.group === "rbac.authorization.k8s.io";

/** An update that names a uid means that very object. */
function refuseOtherUid({ type, namespace, name }: ObjectKey, { metadata }: KubernetesObject, old: KubernetesObject | undefined): void {
  const { uid = "" } = metadata;
  if ((old === undefined && !isMadeByUpdate(type)) || uid === "" || uid === old?.metadata.uid || metadata.name !== name) return;
  const path = ["/registry", type.plural, ...(namespace === "" ? [] : [namespace]), name].join("/");
  const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old?.metadata.uid ?? ""}`;
  throw conflict(type, name, `StorageError: invalid object, Code: 4, Key: ${path}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`);
}
