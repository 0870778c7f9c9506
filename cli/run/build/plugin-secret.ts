import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { objectNames } from "../../../core/contract/names.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { PluginSecretValues } from "../read-plugin-secrets.ts";
import { buildMetadata } from "./metadata.ts";

/** The Secret with the values that a plugin's container gets; the only object of a run that holds them. */
export const buildPluginSecret = (spec: RunSpec, { plugin, values }: PluginSecretValues): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: buildMetadata(spec, objectNames.pluginSecret(plugin)),
  type: "Opaque",
  data: Object.fromEntries([...values].map(([name, value]) => [name, value.toString("base64")])),
});
