import { forbidden, badRequest, StatusError } from "../status-error.ts";
import type { ResourceType } from "../resource-type.ts";
import type { User } from "../registry/api.ts";
import type { Attributes, Authorizer } from "../rights/authorizer.ts";
import { explainDenial } from "../rights/authorizer.ts";

/**
 * Who a request acts as: the user themself, or whom its `Impersonate-*` headers name (`kubectl --as`), if the user may impersonate them.
 * Throws StatusError 403 in the words of Kubernetes v1.36, 400 for groups without a user.
 */
export function impersonate(request: {
  readonly user: User;
  /** `request.headersDistinct`: groups and extras may come several times. */
  readonly headers: NodeJS.Dict<string[]>;
  readonly authorizer: Authorizer;
  /** Of the request itself, for the refusal. */
  readonly attributes: Attributes;
  readonly type: ResourceType | undefined;
}): User {
  const { user, headers, authorizer, attributes, type } = request;
  const wanted = parseHeaders(headers);
  if (!wanted) return user;
  const missing = listRights(wanted).some((right) => !authorizer.review(user, right).allowed);
  if (!missing) return complete(wanted);
  const why = explainDenial(user, { ...attributes, verb: `impersonate-on:${modeOf(wanted)}:${attributes.verb}` }, "");
  if (type) throw forbidden(type, attributes.name, why);
  throw new StatusError({ code: 403, reason: "Forbidden", message: `forbidden: ${why}`, details: {} });
}

type Wanted = {
  readonly name: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: { readonly [key: string]: readonly string[] };
};

const extraPrefix = "impersonate-extra-";

function parseHeaders(headers: NodeJS.Dict<string[]>): Wanted | undefined {
  const name = headers["impersonate-user"]?.[0] ?? "";
  const uid = headers["impersonate-uid"]?.[0] ?? "";
  const groups = headers["impersonate-group"] ?? [];
  const extra = Object.fromEntries(
    Object.entries(headers).flatMap(([key, values]) => (key.startsWith(extraPrefix) ? [[decode(key.slice(extraPrefix.length)), values ?? []]] : [])),
  );
  if (name !== "") return { name, uid, groups, extra };
  if (uid === "" && groups.length === 0 && Object.keys(extra).length === 0) return undefined;
  const listed = groups.length === 0 ? "[]string(nil)" : `[]string{${groups.map((group) => JSON.stringify(group)).join(", ")}}`;
  const about = `&user.DefaultInfo{Name:"", UID:${JSON.stringify(uid)}, Groups:${listed}, Extra:map[string][]string(nil)}`;
  throw badRequest(`requested ${about} without impersonating a user name`);
}

/** Each thing that is taken on is a right of its own. */
function listRights({ name, uid, groups, extra }: Wanted): readonly Attributes[] {
  const right = (resource: string, value: string, more: Partial<Attributes> = {}): Attributes => ({
    verb: "impersonate",
    group: "",
    resource,
    subresource: "",
    name: value,
    namespace: "",
    ...more,
  });
  const account = parseAccount(name);
  const group = "authentication.k8s.io";
  return [
    account ? right("serviceaccounts", account.name, { namespace: account.namespace }) : right("users", name),
    ...groups.map((each) => right("groups", each)),
    ...Object.entries(extra).flatMap(([key, values]) => values.map((value) => right("userextras", value, { group, subresource: key }))),
    ...(uid === "" ? [] : [right("uids", uid, { group })]),
  ];
}

function complete({ name, uid, groups, extra }: Wanted): User {
  const account = parseAccount(name);
  const own = account && groups.length === 0 ? ["system:serviceaccounts", `system:serviceaccounts:${account.namespace}`] : groups;
  const standing = name === "system:anonymous" ? "system:unauthenticated" : "system:authenticated";
  return {
    name,
    ...(uid === "" ? {} : { uid }),
    groups: own.includes("system:authenticated") || own.includes("system:unauthenticated") ? own : [...own, standing],
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

function modeOf({ name }: Wanted): string {
  if (parseAccount(name)) return "serviceaccount";
  return name.startsWith("system:node:") ? "arbitrary-node" : "user-info";
}

function parseAccount(name: string): { readonly namespace: string; readonly name: string } | undefined {
  const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
  return namespace === undefined || account === undefined ? undefined : { namespace, name: account };
}

function decode(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
