import { isJsonObject } from "../../../core/contract/json.ts";
import { KnownError } from "../../../core/contract/known-error.ts";
import { builtInPlugins } from "../../../plugins/built-ins.ts";
import { readPluginFile } from "../../plugins/read-plugin-file.ts";
import { renderSafeText } from "../../terminal/safe-text.ts";
import type { ManifestObject } from "./parse-manifest.ts";

/** Throws KnownError "invalid-file" for what `sonobuoy gen` prints, with the command that makes the same run here. */
export function refuseSonobuoyManifest(objects: readonly ManifestObject[], source: string): void {
  const config = objects.find(({ object }) => object.kind === "ConfigMap" && sonobuoyConfigMaps.includes(object.metadata.name));
  if (config === undefined) return;
  const { kind = "", metadata } = config.object;
  const plugins = objects
    .filter(({ object }) => object.kind === "ConfigMap" && object.metadata.name === pluginsConfigMap)
    .flatMap(({ object }) => (isJsonObject(object["data"]) ? Object.entries(object["data"]) : []))
    .map(([key, text]) => readPlugin(key, String(text)));
  const own = plugins.filter(({ isBuiltIn }) => !isBuiltIn);
  const needsAdmin = plugins.some(({ isBuiltIn }) => isBuiltIn);
  const command = ["asdic run", ...plugins.map(({ argument }) => `-p ${argument}`), ...(needsAdmin ? ["--permissions admin"] : [])].join(" ");
  const files = own.map(({ key, argument }) => ` Put the text of ${key} into ${argument} first.`).join("");
  throw new KnownError("invalid-file", `${source}:${config.placeOf([]).line}: this is Sonobuoy's manifest (${kind} ${metadata.name}), not one of asdic's.`, {
    hint: `Sonobuoy's plugins run unchanged. The same run: ${command}.${files} Nothing was created.`,
  });
}

const pluginsConfigMap = "sonobuoy-plugins-cm";
const sonobuoyConfigMaps: readonly string[] = ["sonobuoy-config-cm", pluginsConfigMap];

/** A plugin of the manifest as it is given to -p: by name where asdic brings it along, else as a file that a person makes of it. */
function readPlugin(key: string, text: string): { readonly key: string; readonly argument: string; readonly isBuiltIn: boolean } {
  const read = readPluginFile({ text, source: key });
  const name = "definition" in read ? read.definition.name : undefined;
  const isBuiltIn = name !== undefined && builtInPlugins.some(({ names }) => names.includes(name));
  return { key: renderSafeText(key), argument: isBuiltIn ? name : `${name ?? renderSafeText(key).replace(/\.ya?ml$/, "")}.yaml`, isBuiltIn };
}
