import type { Json } from "../../contract/json.ts";
import type { Identities, IdentityKind } from "./identities.ts";
import { isCommonName } from "./is-common-name.ts";

/** The token in place of a field that names a node, an account or, with high privacy, a namespace or a person; undefined for every other field. */
export function hideIdentity({ privacy, tokenOf }: Identities, { key, value }: { readonly key: string; readonly value: Json }): string | undefined {
  if (typeof value !== "string" || value === "" || value.length > longest) return undefined;
  if (uuids.has(key)) return /^[0-9a-f-]{36}$/i.test(value) && !isCommonName(value) ? tokenOf("uuid", value.toLowerCase()) : undefined;
  const kind = standard[key] ?? (privacy === "high" ? high[key] : undefined);
  return kind === undefined || isCommonName(value) ? undefined : tokenOf(kind, value);
}

const longest = 300;

const uuids: ReadonlySet<string> = new Set(["subscriptionId", "subscriptionID", "tenantId", "tenantID"]);

const standard: { readonly [key: string]: IdentityKind | undefined } = {
  nodeName: "host",
  hostname: "host",
  hostName: "host",
  "kubernetes.io/hostname": "host",
  accountId: "account",
  awsAccountId: "account",
};

const high: { readonly [key: string]: IdentityKind | undefined } = {
  namespace: "namespace",
  user: "user",
  username: "user",
  userName: "user",
  project: "project",
  projectID: "project",
  resourceGroup: "project",
};
