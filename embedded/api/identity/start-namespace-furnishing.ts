import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field } from "../../../core/kubernetes/field.ts";
import type { Api } from "../registry/api.ts";
import type { ResourceType } from "../resource-type.ts";
import { StatusError } from "../status-error.ts";

/**
 * Keeps what every namespace has until `signal` aborts: ServiceAccount `default` and ConfigMap `kube-root-ca.crt`. Both come back when they are deleted.
 * They come right after the namespace, before anything else happens in the process but not within its creation, as with Kubernetes' own controllers.
 */
export function startNamespaceFurnishing({ api, caPem, signal }: { readonly api: Api; readonly caPem: string; readonly signal: AbortSignal }): void {
  const [namespaces, accounts, configMaps] = [find(api, "namespaces"), find(api, "serviceaccounts"), find(api, "configmaps")];
  const account: KubernetesObject = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default" } };
  const rootCa: KubernetesObject = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kube-root-ca.crt", annotations: { "kubernetes.io/description": description } },
    data: { "ca.crt": caPem },
  };
  const furnish = (namespace: string): void =>
    queueMicrotask(() => {
      const home = api.find({ type: namespaces, namespace: "", name: namespace });
      if (signal.aborted || !home || home.metadata.deletionTimestamp !== undefined) return;
      ensure(api, accounts, inNamespace(account, namespace));
      ensure(api, configMaps, inNamespace(rootCa, namespace));
    });
  api.watch(namespaces, { signal }, ({ type, object }) => {
    if (type === "ADDED") furnish(object.metadata.name);
  });
  api.watch(accounts, { signal, fieldSelector: "metadata.name=default" }, ({ type, key }) => {
    if (type === "DELETED") furnish(key.namespace);
  });
  api.watch(configMaps, { signal, fieldSelector: "metadata.name=kube-root-ca.crt" }, ({ type, key, object }) => {
    if (type === "DELETED") furnish(key.namespace);
    else if (field(object, "data", "ca.crt") !== caPem) queueMicrotask(() => restore(api, configMaps, inNamespace(rootCa, key.namespace)));
  });
}

const description =
  "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. " +
  "No other usage is guaranteed across distributions of Kubernetes clusters.";

const inNamespace = (object: KubernetesObject, namespace: string): KubernetesObject => ({ ...object, metadata: { ...object.metadata, namespace } });

function ensure(api: Api, type: ResourceType, object: KubernetesObject): void {
  const { namespace = "", name } = object.metadata;
  if (api.find({ type, namespace, name })) return;
  ignoreRefusal(() => api.create(type, object));
}

function restore(api: Api, type: ResourceType, object: KubernetesObject): void {
  const { namespace = "", name } = object.metadata;
  ignoreRefusal(() => api.modify({ type, namespace, name }, (old) => ({ ...old, data: object["data"] })));
}

/** A namespace that is going, or a quota, may refuse it; then it stays away. */
function ignoreRefusal(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

function find(api: Api, plural: string): ResourceType {
  const type = api.types.find("", "v1", plural);
  if (!type) throw new Error(`there is no type ${plural}`);
  return type;
}
