import { Option } from "commander";
import { KnownError } from "../../../core/contract/known-error.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { Attempt } from "../problems.ts";
import { choiceOption, optionGroup, otherName } from "./option-group.ts";
import { parseChoice, parseObjectName } from "./values.ts";

/** Flags about what plugins may do, and as whom. */
export type RightsFlags = {
  readonly permissions?: string | undefined;
  /** Sonobuoy's word for it. */
  readonly aggregatorPermissions?: string | undefined;
  readonly serviceAccountName?: string | undefined;
  readonly existingServiceAccount?: true | undefined;
  /** False, or one of Sonobuoy's words for yes. */
  readonly rbac?: boolean | string | undefined;
};

const levels = ["none", "read", "admin"] as const;

/** Options about what plugins may do, and as whom. */
export const rightsOptions = optionGroup("Rights", [
  choiceOption("--permissions <rights>", "of Sonobuoy's plugin files: none; read, the default: everything but Secrets; admin: everything", levels),
  new Option("--aggregator-permissions <rights>", "Sonobuoy's words for --permissions").hideHelp(),
  new Option("--service-account-name <name>", "the account of Sonobuoy's plugin files (default: sonobuoy-serviceaccount)"),
  new Option("--existing-service-account", "that account is there already: the run neither makes nor deletes it, and adds --permissions to its rights"),
  new Option("--no-rbac", "make no roles and bindings; somebody else gives the run's accounts what `asdic run --dry-run` shows"),
  otherName("--rbac <mode>", "rbac", (mode) => (mode === "Disable" ? false : mode)),
]);

/** What plugins of Sonobuoy's may do, as whom, and how much of that the run arranges. */
export type RunRights = Pick<RunSpec, "permissions" | "serviceAccount"> & {
  readonly isAccountThere: boolean;
  readonly makesRoles: boolean;
  /** What a person should know about it, a sentence each. */
  readonly notes: readonly string[];
};

/** Rights as the flags say them, Sonobuoy's words translated; `attempt` gets each that can't be. */
export function parseRights(flags: RightsFlags, attempt: Attempt): RunRights {
  const translated = attempt(() => translate(flags));
  const { serviceAccountName, rbac = true } = flags;
  if (typeof rbac === "string") attempt(() => parseChoice("--rbac", rbac, ["Enable", "Disable", "Detect"]));
  attempt(() => checkRoles(flags));
  return {
    permissions: attempt(() => parseChoice("--permissions", flags.permissions ?? translated?.permissions ?? "read", levels)) ?? "read",
    ...(serviceAccountName !== undefined && { serviceAccount: attempt(() => parseAccount(serviceAccountName, flags.existingServiceAccount === true)) }),
    isAccountThere: flags.existingServiceAccount === true,
    makesRoles: rbac !== false,
    notes: translated?.notes ?? [],
  };
}

/** Sonobuoy's three levels are of the one account that it has; its closest relatives here are of its plugins' alone. */
function translate({ permissions, aggregatorPermissions }: RightsFlags): Pick<RunRights, "permissions" | "notes"> | undefined {
  if (aggregatorPermissions === undefined) return undefined;
  const found = parseChoice("--aggregator-permissions", aggregatorPermissions, ["clusterAdmin", "clusterRead", "namespaceAdmin"]);
  if (permissions !== undefined)
    throw new KnownError("wrong-usage", `--aggregator-permissions ${found}: --permissions says that already.`, { hint: "Leave one of the two out." });
  const ours = { clusterAdmin: "admin", clusterRead: "read", namespaceAdmin: "none" } as const;
  return { permissions: ours[found], notes: [`--aggregator-permissions ${found} is --permissions ${ours[found]} here: ${differences[found]}`] };
}

const differences = {
  clusterAdmin: "plugins of Sonobuoy's may do everything; the aggregator has fixed rights of its own.",
  clusterRead: "plugins of Sonobuoy's may read everything but Secrets; the aggregator has fixed rights of its own.",
  namespaceAdmin: "plugins of Sonobuoy's have no rights, because there is no level for a namespace alone; the aggregator has fixed rights of its own.",
};

function checkRoles({ rbac, permissions, aggregatorPermissions }: RightsFlags): void {
  const said = permissions === undefined ? `--aggregator-permissions ${aggregatorPermissions}` : `--permissions ${permissions}`;
  if (rbac !== false || (permissions ?? aggregatorPermissions) === undefined) return;
  throw new KnownError("wrong-usage", `${said}: --no-rbac makes no roles to give it by.`, { hint: "Leave one of the two out." });
}

function parseAccount(name: string, isThere: boolean): string {
  const account = parseObjectName("--service-account-name", name, "ServiceAccount");
  if (/^asdic-(?:aggregator$|plugin-)/.test(account))
    throw new KnownError("wrong-usage", `--service-account-name ${account}: is the name of an account that asdic makes for itself.`, {
      hint: "Give it another name.",
    });
  if (account === "default" && !isThere)
    throw new KnownError("wrong-usage", "--service-account-name default: is an account that every namespace has.", { hint: "Add --existing-service-account." });
  return account;
}
