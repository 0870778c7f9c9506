import { Option } from "@commander-js/extra-typings";

/** `--kubeconfig`, as kubectl has it. */
export const kubeconfigOption = () => new Option("--kubeconfig <file>", "the kubeconfig; without it $KUBECONFIG, then ~/.kube/config");

/** `--context`, as kubectl has it. */
export const contextOption = () => new Option("--context <name>", "the kubeconfig's context; without it the current one");

/** `--namespace`: of the run. */
export const namespaceOption = () =>
  new Option("-n, --namespace <name>", "the run's namespace; runs in different namespaces don't disturb each other").default("asdic");
