import { defaultPodSpec } from "../../../../core/contract/default-pod-spec.ts";
import { isJsonObject, type Json } from "../../../../core/contract/json.ts";
import { ports } from "../../../../core/contract/names.ts";
import { containersOf, listOf } from "../../containers-of.ts";
import type { LintRule, RuleFinding } from "../lint-rule.ts";

/** The worker beside a plugin listens on 8099 for its progress: nobody else in the pod can, and on a node's network it may be another port. */
export const progressPort: LintRule = {
  code: "progress-port",
  severity: "warning",
  find: ({ document, definition }) => {
    const isOnHost = definition !== undefined && (definition.podSpec ?? defaultPodSpec(definition))["hostNetwork"] === true;
    return containersOf(document).flatMap(({ path, value }): readonly RuleFinding[] => [
      ...listOf(value["ports"]).flatMap((port, index) =>
        isJsonObject(port) && (port["containerPort"] === ports.progress || port["hostPort"] === ports.progress)
          ? [
              {
                path: [...path, "ports", index],
                message: `port ${ports.progress} is taken by the container that sends the plugin's results`,
                remedy: "Listen on another port.",
              },
            ]
          : [],
      ),
      ...(isOnHost ? textsOf(value, path) : [])
        .filter(({ text }) => fixedAddress.test(text))
        .map((found) => ({
          path: found.path,
          message: `reports its progress to port ${ports.progress}, and on the host's network the port may be another one`,
          remedy: "Use $SONOBUOY_PROGRESS_PORT.",
        })),
    ]);
  },
};

const fixedAddress = new RegExp(`//(?:localhost|127\\.0\\.0\\.1|\\[::1\\]):${ports.progress}\\b`);

type Texts = readonly { readonly path: RuleFinding["path"]; readonly text: string }[];

function textsOf(value: Json | undefined, path: RuleFinding["path"]): Texts {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => textsOf(item, [...path, index]));
  return isJsonObject(value) ? Object.entries(value).flatMap(([key, item]) => textsOf(item, [...path, key])) : [];
}
