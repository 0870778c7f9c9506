import { KnownError } from "../../../core/contract/known-error.ts";
import type { PluginDefinition } from "../../../core/contract/plugin-definition.ts";
import type { KubernetesVersion } from "../options/kubernetes-version.ts";

export type VersionInput = {
  readonly wanted: KubernetesVersion;
  /** As the server says it, e.g. v1.36.3+k3s1. */
  readonly serverVersion: string;
  readonly definitions: readonly PluginDefinition[];
};

/**
 * The version that plugins are told, where it isn't what the server says. A distribution's own suffix is left out, since upstream has no image of that
 * name. KnownError "wrong-usage" when an image is to have the version of a server that is no release.
 */
export function planKubernetesVersion({ wanted, serverVersion, definitions }: VersionInput): string | undefined {
  const version = wanted === "auto" || wanted === "ignore" ? releaseOf(serverVersion) : wanted;
  if (version === undefined && wanted === "auto") {
    const asking = definitions.find(({ container }) => /\$\{?SONOBUOY_K8S_VERSION\b/.test(String(container["image"])));
    if (asking !== undefined)
      throw new KnownError("wrong-usage", `The image of ${asking.name} is to have the server's version, and ${serverVersion} is no release of Kubernetes.`, {
        hint: "Name one with --kubernetes-version, e.g. v1.36.3; with --kubernetes-version ignore the server's is tried as it is.",
      });
  }
  return version === serverVersion ? undefined : version;
}

/** Between two releases a server says e.g. v1.37.0-alpha.2.481+0f6d. */
function releaseOf(version: string): string | undefined {
  const [, release, , suffix = ""] = /^(v\d+\.\d+\.\d+(-(?:alpha|beta|rc)\.\d+)?)([^+]*)(?:\+.*)?$/.exec(version) ?? [];
  return suffix === "" || /^-(?!alpha|beta|rc)/.test(suffix) ? release : undefined;
}
