import { KnownError } from "../../../core/contract/known-error.ts";
import type { CommandContext } from "../../command-context.ts";
import { connectCluster, type ClusterFlags } from "../../connect-cluster.ts";
import { parsePreflight } from "../../preflight/parse-preflight.ts";
import { renderSafeText } from "../../terminal/safe-text.ts";
import { buildNamespace } from "../build/objects.ts";
import type { PreflightFlags } from "../options/preflight.ts";
import type { PlannedRun } from "../plan-from-flags.ts";
import { planSecurityLevel } from "../pod-security-level.ts";
import { parseTogether } from "../problems.ts";
import { readServer } from "../read-server.ts";
import { parseManifest } from "./parse-manifest.ts";
import { readManifestText } from "./read-manifest-text.ts";

/** The file after -f, or "-" for the standard input, and -n where it was typed. */
export type ManifestFlags = { readonly file: string; readonly namespace: string | undefined };

/** A manifest to its run in the cluster that the flags name; all that is wrong with the file is known before the cluster is asked. */
export async function planFromManifest(context: CommandContext, manifest: ManifestFlags, flags: ClusterFlags & PreflightFlags): Promise<PlannedRun> {
  const preflight = parseTogether((attempt) => parsePreflight(flags, attempt));
  const text = await readManifestText(context, manifest.file);
  const { plan, objects } = parseManifest(text);
  const { spec, definitions } = plan;
  if (manifest.namespace !== undefined && manifest.namespace !== spec.namespace)
    throw new KnownError("wrong-usage", `-n ${manifest.namespace}: the manifest ${text.source} makes its run in namespace ${spec.namespace}.`, {
      hint: `Leave -n out, or make another manifest with \`asdic gen -n ${manifest.namespace}\`.`,
    });
  const cluster = await connectCluster(context, flags);
  const { version, namespace } = await readServer(cluster, spec.namespace, context.signal);
  if (version !== spec.serverVersion)
    context.output.err(
      `note: ${renderSafeText(`The manifest was made for Kubernetes ${spec.serverVersion}, and this cluster has ${version}; plugins are told the former.`)}\n`,
    );
  return {
    plan,
    cluster,
    namespace,
    preflight,
    objects: { ...objects, namespace: objects.namespace ?? buildNamespace(spec, planSecurityLevel(definitions, spec).level) },
  };
}
