import type { JsonObject } from "../../../core/contract/json.ts";
import { text } from "../../../core/kubernetes/field.ts";
import type { Admission } from "../registry/api.ts";
import { isWriteOf, readObject, refuse, withSpec } from "./request.ts";
import { objectAt, objectsAt } from "../../objects/object-fields.ts";
import { randomSuffix } from "../../objects/name-suffix.ts";

/** Gives each pod an account that exists, and its containers the account's token, unless pod or account say no. */
export const serviceAccount: Admission = (request) => {
  const { object, namespace } = request;
  // The image of a static pod: nothing is added to what its node already runs.
  if (!isWriteOf(request, ["", "pods"]) || object.metadata.annotations?.["kubernetes.io/config.mirror"] !== undefined) return object;
  const spec = objectAt(object["spec"]);
  const name = text(spec["serviceAccountName"]) || text(spec["serviceAccount"]) || "default";
  const account = readObject(request, ["", "serviceaccounts"], name);
  if (!account) throw refuse(request, `error looking up service account ${namespace}/${name}: serviceaccount ${JSON.stringify(name)} not found`);
  const mountsToken = (spec["automountServiceAccountToken"] ?? account["automountServiceAccountToken"] ?? true) !== false;
  const secrets = objectsAt(account["imagePullSecrets"]);
  return withSpec(object, {
    ...(mountsToken ? addToken(spec) : {}),
    serviceAccountName: name,
    serviceAccount: name,
    imagePullSecrets: objectsAt(spec["imagePullSecrets"]).length === 0 && secrets.length > 0 ? secrets : undefined,
  });
};

const tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";

function addToken(spec: JsonObject): JsonObject {
  const kinds = ["containers", "initContainers"].map((kind) => [kind, objectsAt(spec[kind])] as const);
  const lacks = (container: JsonObject): boolean => objectsAt(container["volumeMounts"]).every((mount) => mount["mountPath"] !== tokenPath);
  if (!kinds.some(([, containers]) => containers.some(lacks))) return {};
  const volumes = objectsAt(spec["volumes"]);
  const name = pickName(new Set(volumes.map((volume) => text(volume["name"]))));
  const mount = { name, readOnly: true, mountPath: tokenPath };
  const mounted = kinds
    .filter(([, containers]) => containers.length > 0)
    .map(([kind, containers]) => [
      kind,
      containers.map((container) => (lacks(container) ? { ...container, volumeMounts: [...objectsAt(container["volumeMounts"]), mount] } : container)),
    ]);
  return { ...Object.fromEntries(mounted), volumes: [...volumes, buildTokenVolume(name)] };
}

const buildTokenVolume = (name: string): JsonObject => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      { downwardAPI: { items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }] } },
    ],
    defaultMode: 420,
  },
});

function pickName(taken: ReadonlySet<string>): string {
  const name = `kube-api-access-${randomSuffix(5)}`;
  return taken.has(name) ? pickName(taken) : name;
}
