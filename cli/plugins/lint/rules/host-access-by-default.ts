import type { LintRule } from "../lint-rule.ts";

/** Sonobuoy's default for DaemonSets: the host's network, processes and whole disk, for plugins that may need none of it. */
export const hostAccessByDefault: LintRule = {
  code: "host-access-by-default",
  severity: "warning",
  find: ({ definition }) =>
    definition?.dialect === "sonobuoy" && definition.driver === "DaemonSet" && definition.podSpec === undefined
      ? [
          {
            path: ["sonobuoy-config", "driver"],
            message: "a DaemonSet of Sonobuoy's without a podSpec runs on every node's network, among its processes and with its whole disk as volume root",
            remedy: "Begin the file with `apiVersion: asdic/v1`, which gives it nothing of the host, or name what it needs in a podSpec.",
          },
        ]
      : [],
};
