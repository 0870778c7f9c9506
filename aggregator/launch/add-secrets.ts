import type { Json, JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { objectNames } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";

/** A plugin's pod whose container `target`, and no other, gets the plugin's secrets from the Secret that the CLI has made: variables by reference, files each mounted by itself. */
export function addSecrets(podSpec: JsonObject, { name, secrets = [] }: Pick<PluginDefinition, "name" | "secrets">, target: string): JsonObject {
  if (secrets.length === 0) return podSpec;
  const secretName = objectNames.pluginSecret(name);
  const variables = secrets.flatMap((secret) =>
    "env" in secret ? [{ name: secret.env, valueFrom: { secretKeyRef: { name: secretName, key: secret.name } } }] : [],
  );
  const files = secrets.flatMap((secret) => ("file" in secret ? [{ name: volumeName, mountPath: secret.file, subPath: secret.name, readOnly: true }] : []));
  const add = (container: JsonObject): JsonObject => ({
    ...container,
    env: [...readList(container["env"]), ...variables],
    volumeMounts: [...readList(container["volumeMounts"]), ...files],
  });
  return {
    ...podSpec,
    containers: readList(podSpec["containers"]).map((container) => (container["name"] === target ? add(container) : container)),
    volumes: [...readList(podSpec["volumes"]), ...(files.length > 0 ? [{ name: volumeName, secret: { secretName } }] : [])],
  };
}

const volumeName = "asdic-plugin-secrets";
const readList = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
