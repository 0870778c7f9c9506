import type { PluginEnvironment } from "../plugin-program.ts";

/** What the launcher tells this plugin of itself (design D1), and names made of it. */
export type SmokeSettings = {
  readonly namespace: string;
  readonly runId: string;
  readonly image: string;
  /** This plugin's own pod, which owns all that it makes. */
  readonly pod: { readonly name: string; readonly uid: string };
  /** Tells this pod's objects from those of one that was lost before; ends their names. */
  readonly suffix: string;
};

/** Settings from the container's environment; throws an error that names every missing variable. */
export function parseSmokeSettings(variables: PluginEnvironment["variables"]): SmokeSettings {
  const needed = ["ASDIC_NAMESPACE", "ASDIC_RUN_ID", "ASDIC_IMAGE", "POD_NAME", "POD_UID"] as const;
  const missing = needed.filter((name) => !variables[name]);
  if (missing.length > 0) throw new Error(`smoke runs in a pod that asdic starts; its environment lacks ${missing.join(", ")}`);
  const read = (name: (typeof needed)[number]): string => variables[name] ?? "";
  return {
    namespace: read("ASDIC_NAMESPACE"),
    runId: read("ASDIC_RUN_ID"),
    image: read("ASDIC_IMAGE"),
    pod: { name: read("POD_NAME"), uid: read("POD_UID") },
    suffix: read("POD_UID").slice(0, 8),
  };
}
