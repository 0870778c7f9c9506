import { randomBytes as systemRandomBytes } from "node:crypto";
import { relative, resolve } from "node:path";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { connectCluster, type ClusterFlags } from "../connect-cluster.ts";
import { planLimit } from "../follow/plan-limit.ts";
import { runExitCode } from "../follow/run-exit-code.ts";
import { waitForRun } from "../follow/wait-for-run.ts";
import { overridePlugins } from "../plugins/override.ts";
import { renderYaml } from "../plugins/render-plugin-file.ts";
import { resolvePlugins } from "../plugins/resolve.ts";
import { renderResults } from "../status/render-status.ts";
import { renderSafeText } from "../terminal/safe-text.ts";
import { createPaint } from "../terminal/style.ts";
import { toolVersion } from "../tool-version.ts";
import { applyRun } from "./apply.ts";
import { buildRunObjects, type RunObjects } from "./build/objects.ts";
import { describePlan } from "./describe-plan.ts";
import { parseRunOptions, type RunFlags } from "./options.ts";
import { planRun, type RunPlan } from "./plan.ts";
import { readServer } from "./read-server.ts";

export type Flags = RunFlags &
  ClusterFlags & {
    readonly wait?: true | undefined;
    readonly retrieve: boolean;
    readonly output?: string | undefined;
    readonly report?: string | undefined;
    readonly dryRun?: true | undefined;
    /** The cluster ends with this command. */
    readonly isPassing?: true | undefined;
  };

/** What `run` leaves behind: its namespace, and the tarball if it was fetched. */
export type Ran = { readonly namespace: string; readonly tarball?: string };

/** Flags to a run in the cluster, and with --wait to its tarball and report; everything that can be wrong about the flags and files is known before anything is made. */
export async function run(context: CommandContext, flags: Flags): Promise<Ran> {
  const { output, environment, cwd, signal, now, randomBytes = systemRandomBytes } = context;
  if (flags.output !== undefined && (flags.wait !== true || !flags.retrieve))
    throw new KnownError("wrong-usage", "-o names the tarball's file, which only `run --wait` fetches.");
  const options = parseRunOptions(flags, { toolVersion, environment });
  const resolved = await resolvePlugins({ wanted: options.plugins, cwd, conformance: options.conformance, signal });
  const definitions = overridePlugins(
    resolved.map(({ definition }) => definition),
    options.overrides,
  );
  const cluster = await connectCluster(context, flags);
  const { version, served, namespace } = await readServer(cluster, options.namespace, signal);
  const plan = planRun({ options, definitions, toolVersion, serverVersion: version, now: now(), randomBytes });
  const objects = buildRunObjects({ ...plan, served, token: Buffer.from(randomBytes(32)).toString("hex") });
  for (const line of describePlan(plan, namespace)) output.err(`note: ${renderSafeText(line)}\n`);
  const ran = { namespace: plan.spec.namespace };
  if (flags.dryRun === true) {
    output.out(renderObjects(objects, namespace !== undefined));
    return ran;
  }
  await applyRun(cluster, objects, signal);
  output.out(`Run ${plan.spec.runId} in namespace ${plan.spec.namespace}: ${plan.spec.plugins.join(", ")}\n`);
  if (flags.wait === true) return { ...ran, ...(await seeThrough(context, cluster, { plan, flags })) };
  output.out(`Watch it with \`asdic wait -n ${ran.namespace}\`, and remove it with \`asdic delete -n ${ran.namespace}\`.\n`);
  return ran;
}

/** What `kubectl apply` takes; ConfigMaps beyond its limit of 256 KiB a definition never is. */
function renderObjects({ namespace, lock, parts, aggregator }: RunObjects, isThere: boolean): string {
  return [...(isThere ? [] : [namespace]), lock, ...parts, aggregator].map((object) => `---\n${renderYaml(object)}`).join("");
}

/** Waits, prints the results, fetches the tarball, writes the report; the exit code is the run's. */
async function seeThrough(
  context: CommandContext,
  cluster: Cluster,
  { plan, flags }: { readonly plan: RunPlan; readonly flags: Flags },
): Promise<{ readonly tarball?: string }> {
  const { output, cwd, signal, now, setExitCode } = context;
  const { namespace } = plan.spec;
  const summary = await waitForRun(context, cluster, {
    namespace,
    limit: planLimit(plan.spec, { now: now(), seconds: undefined }),
    isPassing: flags.isPassing === true,
  });
  const lines = renderResults(summary, { columns: output.isTerminal ? output.columns : Infinity, paint: createPaint(output) });
  output.out(`\n${lines.join("\n")}\n`);
  setExitCode(runExitCode(summary));
  if (!flags.retrieve || summary.tarball === undefined) return {};
  const { retrieveRun } = await import("../retrieve/retrieve-run.ts");
  const { reportBeside, writeReport } = await import("../retrieve/write-report.ts");
  const { path } = await retrieveRun(cluster, { namespace, file: flags.output, cwd, signal });
  output.out(`Tarball: ${shorten(cwd, path)}\n`);
  const report = await writeReport({ tarball: path, format: "html", path: flags.report === undefined ? reportBeside(path) : resolve(cwd, flags.report) });
  output.out(`Report:  ${shorten(cwd, report)}\n`);
  return { tarball: path };
}

/** As people would type it. */
export function shorten(cwd: string, path: string): string {
  const short = relative(cwd, path);
  return short.startsWith("..") ? path : short;
}
