import { Option } from "@commander-js/extra-typings";
import { parseNamespace } from "../run/options/namespace.ts";

/** `--kubeconfig`, as kubectl has it. */
export const kubeconfigOption = () => new Option("--kubeconfig <file>", "the kubeconfig; without it $KUBECONFIG, then ~/.kube/config");

/** `--context`, as kubectl has it. */
export const contextOption = () => new Option("--context <name>", "the kubeconfig's context; without it the current one");

/** `--namespace`: of the run, as it was typed; what a run is to be is looked at all together. */
export const runNamespaceOption = () =>
  new Option("-n, --namespace <name>", "the run's namespace; runs in different namespaces don't disturb each other").default("asdic");

/** The same of a run that is there. */
export const namespaceOption = () => runNamespaceOption().argParser(parseNamespace);
