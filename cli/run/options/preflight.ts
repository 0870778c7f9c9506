import { Option } from "commander";
import { optionGroup } from "./option-group.ts";

/** Flags about the checks before a run. */
export type PreflightFlags = {
  /** True where the flag stands alone. */
  readonly skipPreflight?: string | readonly string[] | true | undefined;
  readonly dnsNamespace?: string | undefined;
  readonly dnsPodLabels?: string | readonly string[] | undefined;
};

export const preflightOptions = optionGroup("Checks before the run", [
  new Option("--skip-preflight [checks]", "leave out these checks (commas between them; without any, all): `asdic preflight` lists them"),
  new Option("--dns-namespace <name>", "where the pods of the cluster's DNS are (default: kube-system, or openshift-dns)"),
  new Option("--dns-pod-labels <label=value,...>", "their labels, of which one is enough (default: k8s-app=kube-dns,k8s-app=coredns)"),
]);
