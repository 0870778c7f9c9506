import { KnownError } from "../../core/contract/known-error.ts";
import { findDnsLabelProblems, findLabelValueProblems, findQualifiedNameProblems } from "../../core/kubernetes/names.ts";
import type { PreflightFlags } from "../run/options/preflight.ts";
import type { Attempt } from "../run/problems.ts";
import { allChecks } from "./all-checks.ts";
import type { Check, DnsPods } from "./check.ts";

/** What the flags say about the checks: which to leave out, by code, and where the cluster's DNS is. */
export type PreflightOptions = { readonly skip: ReadonlySet<string>; readonly dns: DnsPods };

/** The flags as options, Sonobuoy's names of checks taken for ours. */
export function parsePreflight({ skipPreflight, dnsNamespace, dnsPodLabels }: PreflightFlags, attempt: Attempt): PreflightOptions {
  return {
    skip: new Set(attempt(() => parseChecks(skipPreflight === true ? ["*"] : split(skipPreflight)))),
    dns: {
      namespace: dnsNamespace === undefined ? undefined : attempt(() => parseNamespace(dnsNamespace)),
      labels: dnsPodLabels === undefined ? undefined : attempt(() => split(dnsPodLabels).map(parseLabel)),
    },
  };
}

/** Sonobuoy's words for all checks. */
const everything: readonly string[] = ["*", "true"];

function parseChecks(names: readonly string[]): readonly string[] {
  const unknown = names.filter((name) => !everything.includes(name) && findCode(name) === undefined);
  if (unknown.length > 0)
    throw new KnownError("wrong-usage", `--skip-preflight ${unknown.join(",")}: there ${unknown.length === 1 ? "is no such check" : "are no such checks"}.`, {
      hint: `The checks: ${allChecks.map(describeNames).join(", ")}.`,
    });
  return names.flatMap((name) => (everything.includes(name) ? allChecks.map(({ code }) => code) : (findCode(name) ?? [])));
}

const split = (texts: string | readonly string[] | undefined): readonly string[] =>
  [texts ?? []]
    .flat()
    .flatMap((text) => text.split(","))
    .map((part) => part.trim())
    .filter((part) => part !== "");

const findCode = (name: string): string | undefined => allChecks.find(({ code, sonobuoyName }) => code === name || sonobuoyName === name)?.code;

const describeNames = ({ code, sonobuoyName }: Check): string => (sonobuoyName === undefined ? code : `${code} (or ${sonobuoyName})`);

function parseNamespace(name: string): string {
  if (findDnsLabelProblems(name).length === 0) return name;
  throw new KnownError("wrong-usage", `--dns-namespace ${name}: is no name for a namespace.`, { hint: "`kubectl get namespaces` lists those that there are." });
}

function parseLabel(label: string): string {
  const [, key = "", value = ""] = /^([^=]*)=(.+)$/s.exec(label) ?? [];
  if (value !== "" && findQualifiedNameProblems(key).length === 0 && findLabelValueProblems(value).length === 0) return label;
  throw new KnownError("wrong-usage", `--dns-pod-labels ${label}: is not of the form LABEL=VALUE.`, { hint: "For example: --dns-pod-labels k8s-app=kube-dns" });
}
