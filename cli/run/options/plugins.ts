import { Option } from "commander";
import { optionGroup } from "./option-group.ts";

/** Flags that choose plugins and change them. */
export type PluginFlags = {
  readonly plugin?: readonly string[] | undefined;
  readonly pluginEnv?: readonly string[] | undefined;
  readonly pluginImage?: readonly string[] | undefined;
  readonly pluginTimeout?: readonly string[] | undefined;
  readonly showDefaultPodspec?: true | undefined;
};

/** Options that choose plugins and change them. */
export const pluginOptions = optionGroup("Plugins", [
  new Option(
    "-p, --plugin <plugin...>",
    "a built-in or installed plugin, file, folder or URL; file@name gives it another name; repeatable (default: node-facts and smoke)",
  ),
  new Option(
    "--plugin-env <plugin.NAME=value...>",
    "set a variable of a plugin's container, or with aggregator for the plugin's name of the aggregator's; an empty value removes it",
  ),
  new Option("--plugin-image <plugin:image...>", "give a plugin's container another image"),
  new Option("--plugin-timeout <plugin=duration...>", "end a plugin after this long, whatever its file says"),
  new Option("--show-default-podspec", "write out the pod spec that a plugin's file leaves to asdic"),
]);
