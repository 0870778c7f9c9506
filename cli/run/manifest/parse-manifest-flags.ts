import type { Option } from "commander";
import { KnownError } from "../../../core/contract/known-error.ts";
import { preflightOptions } from "../options/preflight.ts";
import type { ManifestFlags } from "./plan-from-manifest.ts";

/** Of commander's command what tells typed flags from defaults. */
type Typed = { getOptionValueSource(name: string): string | undefined };

/** -f and the namespace if it was typed; KnownError "wrong-usage" with all other flags that say what a run is, because the manifest says that. */
export function parseManifestFlags(
  command: Typed,
  { file, namespace, options }: { readonly file: string; readonly namespace: string; readonly options: readonly Option[] },
): ManifestFlags {
  const typed = options.filter((option) => command.getOptionValueSource(option.attributeName()) === "cli");
  const own = new Set(["namespace", ...preflightOptions.map((option) => option.attributeName())]);
  const others = typed.filter((option) => !option.hidden && !own.has(option.attributeName())).map(({ long }) => long);
  if (others.length > 0)
    throw new KnownError("wrong-usage", `${others.join(", ")}: beside -f, which takes a run as its manifest says.`, {
      hint: "Give them to `asdic gen`, which makes the manifest, or leave out -f.",
    });
  return { file, namespace: typed.some((option) => option.attributeName() === "namespace") ? namespace : undefined };
}
