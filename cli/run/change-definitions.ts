import { defaultPodSpec, type PodSpecDefaults } from "../../core/contract/default-pod-spec.ts";
import type { JsonObject } from "../../core/contract/json.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { overridePlugins, type Overridden } from "../plugins/override.ts";
import { checkSuitePatterns } from "./conformance/check-suite-patterns.ts";
import { keepSuiteArguments } from "./conformance/keep-suite-arguments.ts";
import { listImages, mapContainers } from "./map-containers.ts";
import { mirrorImage } from "./mirror-image.ts";
import type { RunOptions } from "./options.ts";
import { chooseSecurityLevel } from "./pod-security-level.ts";
import type { Attempt } from "./problems.ts";

/** Plugins and the aggregator's variables as the flags want them, and what a person should know of that. */
export type Changed = Overridden & { readonly notes: readonly string[] };

/** The plugins as the flags want them; `attempt` gets what the flags can't mean with these plugins. */
export function changeDefinitions(definitions: readonly PluginDefinition[], options: RunOptions, attempt: Attempt): Changed {
  const changed = attempt(() => overridePlugins(definitions, options.overrides)) ?? { definitions, aggregator: [] };
  attempt(() => checkSuitePatterns(definitions, changed.definitions));
  const kept = keepSuiteArguments(definitions, changed.definitions);
  attempt(() => checkTimeouts(changed.definitions, options));
  attempt(() => checkAccount(definitions, options));
  attempt(() => chooseSecurityLevel(definitions, options));
  return {
    ...changed,
    notes: describeUnused(options, changed.definitions),
    definitions: kept
      .map((definition) => mapContainers(definition, (container) => changeImage(container, options)))
      .map((definition) => (options.showsDefaultPodSpec ? showDefaultPodSpec(definition, options) : definition)),
  };
}

/** The definition with the pod spec that it gets where it has none of its own; the pod is the same. */
const showDefaultPodSpec = (definition: PluginDefinition, run: PodSpecDefaults): PluginDefinition => ({
  ...definition,
  podSpec: definition.podSpec ?? defaultPodSpec(definition, run),
});

/** Who always types the same mirrors is not wrong, but one that does nothing may be a slip. */
function describeUnused({ image, mirrors }: RunOptions, definitions: readonly PluginDefinition[]): readonly string[] {
  const images = [image, ...definitions.flatMap(listImages)];
  return mirrors
    .filter((mirror) => images.every((each) => mirrorImage(each, [mirror]) === each && !each.startsWith(`${mirror.to}/`)))
    .map(({ from, to }) => `--registry-mirror ${from}=${to}: no image of this run is from there.`);
}

function changeImage(container: JsonObject, { mirrors, isPolicyForced, imagePullPolicy }: RunOptions): JsonObject {
  const { image } = container;
  return {
    ...container,
    ...(typeof image === "string" && { image: mirrorImage(image, mirrors) }),
    ...(isPolicyForced && { imagePullPolicy }),
  };
}

/** Files may hope for more than the run has; who types both means both. */
function checkTimeouts(definitions: readonly PluginDefinition[], { overrides, runTimeoutSeconds }: RunOptions): void {
  const long = definitions.filter(
    ({ name, timeoutSeconds = 0 }) => timeoutSeconds > runTimeoutSeconds && overrides.timeouts?.some((text) => text.startsWith(`${name}=`)),
  );
  if (long.length === 0) return;
  throw new KnownError("wrong-usage", `--plugin-timeout ${long.map(({ name }) => name).join(", ")}: is longer than the whole run may take.`, {
    hint: "Give the run more time with --timeout, or the plugin less.",
  });
}

function checkAccount(definitions: readonly PluginDefinition[], { serviceAccount, setup }: RunOptions): void {
  const flag = serviceAccount !== undefined ? `--service-account-name ${serviceAccount}` : setup.isAccountThere ? "--existing-service-account" : undefined;
  if (flag === undefined || definitions.some(({ dialect }) => dialect === "sonobuoy")) return;
  throw new KnownError("wrong-usage", `${flag}: no plugin of this run runs as that account.`, {
    hint: "It is for plugins of Sonobuoy's format; ours have an account each, with the rights that they name.",
  });
}
