import { createHash } from "node:crypto";
import type { Finding } from "../../core/contract/report/finding.ts";

/** A finding before it is known among the others. */
export type FindingDraft = Omit<Finding, "fingerprint">;

/**
 * 16 hex digits that stay the same from run to run: of the check, the plugin, the object without the parts of a name that a new pod changes, and the place in
 * the tarball without the node, which of a test is another one with each process that runs it. `times` is how many findings before it have the same ones.
 */
export function fingerprintOf({ id, plugin, object = {}, node, file = "" }: FindingDraft, times: number): string {
  const { kind = "", namespace = "", name = "", owner = "", container = "", path = "", apiVersion = "" } = object;
  const place = (id.startsWith("test:") ? "" : file)
    .split("/")
    .map((part) => (part === node ? "NODE" : part))
    .join("/");
  const identity = [id, plugin, groupOf(apiVersion), kind, namespace, owner === "" ? stableName(kind, name) : owner, container, path, node ?? "", place, times];
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 16);
}

/** A kind stays the same when its version becomes another one. */
const groupOf = (apiVersion: string): string => (apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "");

/** Letters and digits of Kubernetes' own suffixes: no vowels, none that look like others. */
const suffix = "[bcdfghjklmnpqrstvwxz2456789]";
const podSuffix = new RegExp(`(?:-${suffix}{8,10})?-${suffix}{5}$`);
const setSuffix = new RegExp(`-${suffix}{8,10}$`);

function stableName(kind: string, name: string): string {
  if (kind === "Pod") return name.replace(podSuffix, "");
  return kind === "ReplicaSet" ? name.replace(setSuffix, "") : name;
}
