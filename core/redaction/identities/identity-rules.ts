import type { Rule } from "../rules/rule.ts";
import type { Identities, IdentityKind } from "./identities.ts";
import { isCommonName } from "./is-common-name.ts";

/** A name that stands in text in a form of its own; `isHigh` ones are hidden with high privacy only. */
type Shape = {
  readonly id: string;
  readonly reason: string;
  readonly literals: readonly string[];
  readonly kind: IdentityKind;
  readonly pattern: RegExp;
  readonly isHigh?: boolean;
};

/** Names in text as rules, each with its token: accounts, projects and subscriptions of clouds, machines of internal domains; with high privacy people, their folders, and namespaces too. */
export const identityRules = ({ privacy, tokenOf }: Identities): readonly Rule[] =>
  shapes
    .filter(({ isHigh }) => isHigh !== true || privacy === "high")
    .map(({ id, reason, literals, kind, pattern }) => ({
      id,
      reason,
      literals,
      window: 400,
      pattern,
      accept: ({ text, start, end }) => !isCommonName(text.slice(start, end)),
      replacement: (found) => tokenOf(kind, found.toLowerCase()),
      examples: { hidden: [], kept: [] },
    }));

const uuid = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";

const shapes: readonly Shape[] = [
  {
    id: "cloud-account",
    reason: "an account of AWS, in what names anything of it",
    literals: ["arn:aws"],
    kind: "account",
    pattern: /arn:aws[\w-]{0,12}:[a-z0-9-]{0,40}:[a-z0-9-]{0,30}:(?<secret>\d{12})(?=:)/dy,
  },
  {
    id: "cloud-user",
    reason: "who acts in an account of AWS",
    literals: [":user/", ":assumed-role/", ":role/"],
    kind: "user",
    pattern: /:(?:user|assumed-role|role)\/(?<secret>[\w+=,.@/-]{2,128})/dy,
    isHigh: true,
  },
  {
    id: "subscription",
    reason: "a subscription, tenant or client of Azure",
    literals: ["subscriptions/", "tenant", "login.microsoftonline.com/", "sts.windows.net/"],
    kind: "uuid",
    pattern: new RegExp(
      `(?:subscriptions/|tenant[ _-]?(?:id)?\\\\{0,3}["']?[ :=/]{1,3}\\\\{0,3}["']?|login\\.microsoftonline\\.com/|sts\\.windows\\.net/)(?<secret>${uuid})`,
      "diy",
    ),
  },
  {
    id: "resource-group",
    reason: "a resource group of Azure",
    literals: ["resourcegroups/"],
    kind: "project",
    pattern: /resourcegroups\/(?<secret>[\w().-]{2,90})/diy,
    isHigh: true,
  },
  {
    id: "project",
    reason: "a project of Google Cloud",
    literals: ["projects/", "gce://", ".iam.gserviceaccount.com"],
    kind: "project",
    pattern:
      /(?:(?<![\w-])projects\/(?<a>[a-z][a-z0-9-]{4,28}[a-z0-9])(?=\/(?:locations|zones|regions|global|secrets|serviceAccounts|topics|databases|instances))|gce:\/\/(?<b>[a-z][a-z0-9-]{4,28}[a-z0-9])\/)/dy,
  },
  {
    id: "addressed-host",
    reason: "a machine whose name holds its address",
    literals: ["ip-"],
    kind: "host",
    pattern: /(?<![\w.-])ip-(?:\d{1,3}-){3}\d{1,3}(?:\.[\w-]{1,63}){0,5}/dy,
  },
  {
    id: "user",
    reason: "who is logged in, asks, or owns a folder",
    literals: ["user=", "username=", "user:", 'user "', "user '", "ruser=", "/home/", "/users/"],
    kind: "user",
    pattern:
      /(?:(?<![\w-])r?user(?:name)?=\\{0,3}["']?(?<a>[A-Za-z][\w.@-]{1,63})|(?<=[Ff]or )user:? \\{0,3}["'](?<b>[A-Za-z][\w.@:-]{1,100})\\{0,3}["']|user \\{0,3}["'](?<c>[A-Za-z][\w.@-]{1,63})\\{0,3}["']|\/home\/(?<d>[a-z][\w.-]{1,31})(?=[/\s"':])|\/users\/(?<e>[a-z][\w.-]{1,31})\/)/diy,
    isHigh: true,
  },
  {
    id: "namespace",
    reason: "a namespace that a line names",
    literals: ["namespace=", "namespace:", 'namespace "', "namespaces/", "ns="],
    kind: "namespace",
    pattern:
      /(?:(?<![\w-])(?:namespace|ns)=\\{0,3}["']?(?<a>[a-z0-9][a-z0-9-]{1,62})|namespace: (?<b>[a-z0-9][a-z0-9-]{1,62})|namespace \\{0,3}"(?<c>[a-z0-9][a-z0-9-]{1,62})|namespaces\/(?<d>[a-z0-9][a-z0-9-]{1,62})(?=[/"'\s?]))/dy,
    isHigh: true,
  },
];
