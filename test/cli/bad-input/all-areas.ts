import { configFiles } from "./areas/config-files.ts";
import { daily } from "./areas/daily.ts";
import { embedded } from "./areas/embedded.ts";
import { environment } from "./areas/environment.ts";
import { hostileNames } from "./areas/hostile-names.ts";
import { kubeconfigs } from "./areas/kubeconfigs.ts";
import { manifests } from "./areas/manifests.ts";
import { pluginFiles } from "./areas/plugin-files.ts";
import { pluginTools } from "./areas/plugin-tools.ts";
import { redaction } from "./areas/redaction.ts";
import { runCommand } from "./areas/run-command.ts";
import { runFlags } from "./areas/run-flags.ts";
import { snapshots } from "./areas/snapshots.ts";
import { tarballs } from "./areas/tarballs.ts";
import { usage } from "./areas/usage.ts";
import type { Area } from "./bad-case.ts";

/** Everything that is tried. */
export const allAreas: readonly Area[] = [
  usage,
  runFlags,
  runCommand,
  pluginFiles,
  configFiles,
  manifests,
  kubeconfigs,
  environment,
  daily,
  tarballs,
  snapshots,
  embedded,
  pluginTools,
  redaction,
  hostileNames,
];
