import type { RunSpec } from "./run-spec.ts";

/** A plugin's image by its full name: it may ask for the version that plugins are told, and ours for the run's own image. No tag may hold the `+k3s1` of a distribution. */
export const fillImage = (image: string, spec: Pick<RunSpec, "serverVersion" | "kubernetesVersion" | "image">): string =>
  image
    .replaceAll(/\$\{?SONOBUOY_K8S_VERSION\}?/g, (spec.kubernetesVersion ?? spec.serverVersion).split("+", 1)[0] ?? "")
    .replaceAll(/\$\{?ASDIC_IMAGE\}?/g, spec.image);
