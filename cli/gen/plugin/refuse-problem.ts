import { KnownError } from "../../../core/contract/known-error.ts";
import type { DocumentProblem } from "../../../core/contract/plugin-definition.ts";

/** Throws a problem of the plugin's document as KnownError "wrong-usage" about the flag that sets that part of it. */
export function refuseProblem({ path, message }: DocumentProblem, isOurs: boolean): never {
  const place = path.join(".");
  const flag = flagOf.find(([prefix]) => place.startsWith(prefix))?.[1] ?? place;
  throw new KnownError(
    "wrong-usage",
    `${flag}: ${message}.`,
    isOurs || !ourFlags.includes(flag) ? {} : { hint: "Add --api asdic/v1 for a file of asdic's own." },
  );
}

const flagOf: readonly (readonly [path: string, flag: string])[] = [
  ["sonobuoy-config.driver", "--type"],
  ["sonobuoy-config.plugin-name", "--name"],
  ["sonobuoy-config.result-format", "--format"],
  ["sonobuoy-config.result-files", "--result-file"],
  ["spec.image", "--image"],
  ["spec.env", "--env"],
  ["config-map", "--configmap"],
  ["extra-volumes", "--host-path"],
  ["timeout", "--timeout"],
  ["early-cleanup", "--early-cleanup"],
  ["permissions.namespace", "--namespace-rule"],
  ["permissions", "--cluster-rule"],
  ["needs", "--needs"],
  ["secrets", "--secret"],
];

const ourFlags: readonly string[] = ["--timeout", "--early-cleanup", "--namespace-rule", "--cluster-rule", "--needs", "--secret"];
