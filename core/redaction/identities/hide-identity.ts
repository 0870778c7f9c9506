import type { Json } from "../../contract/json.ts";
import type { Identities, IdentityKind } from "./identities.ts";

/** The token in place of a field that names a node, an account or, with high privacy, a namespace or a person; undefined for every other field. */
export function hideIdentity({ privacy, tokenOf }: Identities, { key, value }: { readonly key: string; readonly value: Json }): string | undefined {
  if (typeof value !== "string" || value === "" || /^(?:host|account|user|namespace)-[0-9a-f]{8}$/.test(value)) return undefined;
  const kind = standard[key] ?? (privacy === "high" ? high[key] : undefined);
  return kind === undefined || everywhere.test(value) ? undefined : tokenOf(kind, value);
}

const standard: { readonly [key: string]: IdentityKind | undefined } = {
  nodeName: "host",
  hostname: "host",
  hostName: "host",
  "kubernetes.io/hostname": "host",
  subscriptionId: "host",
  tenantId: "host",
};

const high: { readonly [key: string]: IdentityKind | undefined } = { namespace: "namespace", user: "user", username: "user", userName: "user" };

/** What every cluster has says nothing about this one. */
const everywhere = /^(?:default|kube-system|kube-public|kube-node-lease|localhost|system:.*|root|nobody|admin|kubernetes-admin)$/;
