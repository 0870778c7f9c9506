import { isJsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";

/** Objects that can be shown to anybody, and the Secrets that a person makes instead. */
export type WithoutSecrets = { readonly objects: readonly KubernetesObject[]; readonly left: readonly KubernetesObject[] };

/** Takes out the Secrets that hold something; those that the aggregator fills are empty and stay. */
export function leaveSecrets(all: readonly KubernetesObject[]): WithoutSecrets {
  return { objects: all.filter((object) => !holdsSecrets(object)), left: all.filter(holdsSecrets) };
}

const holdsSecrets = (object: KubernetesObject): boolean => object.kind === "Secret" && keysOf(object).length > 0;

const keysOf = (object: KubernetesObject): readonly string[] =>
  ["data", "stringData"].flatMap((field) => (isJsonObject(object[field]) ? Object.keys(object[field]) : []));

/** The command that makes a Secret from a file for each of its keys, with the labels by which `asdic delete` finds it. */
export function renderSecretCommand(secret: KubernetesObject): string {
  const { name, namespace = "", labels = {} } = secret.metadata;
  const type = typeof secret["type"] === "string" && secret["type"] !== "Opaque" ? [`--type=${secret["type"]}`] : [];
  const files = keysOf(secret).map((key) => `--from-file=${key}=FILE-WITH-${key.replace(/^\.+/, "").toUpperCase()}`);
  return [
    ["kubectl create secret generic", name, "-n", namespace, ...type, ...files, "--dry-run=client -o yaml"].join(" "),
    ["kubectl label --local -f - -o yaml", ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)].join(" "),
    "kubectl apply -f -",
  ].join(" | ");
}
