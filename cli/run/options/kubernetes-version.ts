import { Option } from "commander";
import { KnownError } from "../../../core/contract/known-error.ts";

/** The flag about the version that plugins are told and that the conformance suite's image has. */
export type KubernetesVersionFlags = { readonly kubernetesVersion?: string | undefined };

/** The server's; the same even where there may be no suite of that version; or this one. */
export type KubernetesVersion = "auto" | "ignore" | `v${string}`;

export const kubernetesVersionOption = new Option(
  "--kubernetes-version <version>",
  "of the suite's image, and what plugins find as SONOBUOY_K8S_VERSION: auto: the server's; ignore: the same, however odd it is; or one such as v1.36.3 (default: auto)",
);

/** KnownError "wrong-usage" for what is no version. */
export function parseKubernetesVersion({ kubernetesVersion: text }: KubernetesVersionFlags): KubernetesVersion {
  if (text === undefined) return "auto";
  if (text === "auto" || text === "ignore") return text;
  if (isRelease(text)) return text;
  if (text === "latest")
    throw new KnownError(
      "wrong-usage",
      "--kubernetes-version latest: which one that is would have to be asked in the internet, and asdic contacts nothing that you haven't named.",
      {
        hint: "Give the version itself, e.g. v1.36.3, or the image with --kube-conformance-image.",
      },
    );
  throw new KnownError("wrong-usage", `--kubernetes-version ${text}: is no version of Kubernetes.`, {
    hint: "Give auto, ignore or a version such as v1.36.3.",
  });
}

const isRelease = (text: string): text is `v${string}` => /^v\d+\.\d+\.\d+(?:-(?:alpha|beta|rc)\.\d+)?$/.test(text);
