import { relative, resolve } from "node:path";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { RunReport } from "../../reports/run-report.ts";
import type { CommandContext } from "../command-context.ts";
import type { ClusterFlags } from "../connect-cluster.ts";
import { planLimit } from "../follow/plan-limit.ts";
import { runExitCode } from "../follow/run-exit-code.ts";
import { waitForRun } from "../follow/wait-for-run.ts";
import { runPreflight } from "../preflight/run-preflight.ts";
import { checkOutput } from "../retrieve/check-output.ts";
import { leaveSecrets } from "../gen/leave-secrets.ts";
import { renderResults } from "../status/render-status.ts";
import { renderSafeLines, renderSafeText } from "../terminal/safe-text.ts";
import { createPaint } from "../terminal/style.ts";
import { applyRun } from "./apply.ts";
import { describePlan } from "./describe-plan.ts";
import { planFromManifest, type ManifestFlags } from "./manifest/plan-from-manifest.ts";
import { hideInObjects } from "./manifest/hide-in-objects.ts";
import { describeTooLarge } from "./manifest/describe-too-large.ts";
import { listRunObjects, renderManifest } from "./manifest/render-manifest.ts";
import type { RunFlags } from "./options.ts";
import { planFromFlags } from "./plan-from-flags.ts";
import type { RunPlan } from "./plan.ts";
import { planVerdict, type Verdict, type VerdictFlags } from "./verdict.ts";

export type Flags = RunFlags &
  ClusterFlags &
  VerdictFlags & {
    /** Instead of all flags that say what the run is. */
    readonly manifest?: ManifestFlags | undefined;
    readonly wait?: true | undefined;
    readonly retrieve: boolean;
    readonly output?: string | undefined;
    readonly report?: string | undefined;
    readonly dryRun?: true | undefined;
    /** The cluster ends with this command. */
    readonly isPassing?: true | undefined;
  };

/** What `run` leaves behind: its namespace, and what the tarball says if it was fetched. */
export type Ran = { readonly namespace: string; readonly report?: RunReport };

/** Flags to a run in the cluster, and with --wait to its tarball and report; everything that can be wrong about the flags and files is known before anything is made. */
export async function run(context: CommandContext, flags: Flags): Promise<Ran> {
  const { output, signal } = context;
  if (flags.output !== undefined && (flags.wait !== true || !flags.retrieve))
    throw new KnownError("wrong-usage", `-o ${flags.output}: names the tarball's file, which only \`run --wait\` fetches.`, {
      hint: flags.retrieve ? "Add --wait, or leave out -o." : "Leave out -o or --no-retrieve.",
    });
  if (flags.output !== undefined) await checkOutput(flags.output, context.cwd);
  const verdict = await planVerdict(context, flags);
  const { plan, objects, cluster, namespace, preflight } =
    flags.manifest === undefined ? await planFromFlags(context, flags) : await planFromManifest(context, flags.manifest, flags);
  for (const line of describePlan(plan, namespace, objects.namespace)) output.err(`note: ${renderSafeText(line)}\n`);
  const ran = { namespace: plan.spec.namespace };
  if (flags.dryRun === true) {
    const { objects: shown, left } = leaveSecrets(listRunObjects(objects, namespace === undefined));
    for (const { metadata } of left) output.err(`note: Secret ${metadata.name} is left out; \`asdic gen --with-secrets\` prints it too.\n`);
    for (const sentence of describeTooLarge(shown, plan.spec.plugins))
      output.err(`note: ${renderSafeText(sentence)} \`kubectl apply --server-side\` keeps none.\n`);
    const { objects: hidden, places } = flags.redact === false ? { objects: shown, places: 0 } : hideInObjects(shown);
    if (places > 0)
      output.err(`note: In ${places} ${places === 1 ? "place" : "places"} a secret is shown as REDACTED; \`asdic gen\` prints what kubectl can apply.\n`);
    const text = renderManifest(hidden);
    (output.open ?? output).out(output.isTerminal ? renderSafeLines(text) : text);
    return ran;
  }
  await runPreflight(context, cluster, { plan, objects, namespace, options: preflight });
  await applyRun(cluster, objects, signal);
  if (!output.isQuiet) output.out(`Run ${plan.spec.runId} in namespace ${plan.spec.namespace}: ${plan.spec.plugins.join(", ")}\n`);
  if (flags.wait === true) return { ...ran, ...(await seeThrough(context, cluster, { plan, flags, verdict })) };
  if (!output.isQuiet) output.out(`Watch it with \`asdic wait -n ${ran.namespace}\`, and remove it with \`asdic delete -n ${ran.namespace}\`.\n`);
  return ran;
}

/** Waits, prints the results, fetches the tarball, writes the report; the exit code is the run's, or what the verdict says. */
async function seeThrough(
  context: CommandContext,
  cluster: Cluster,
  { plan, flags, verdict }: { readonly plan: RunPlan; readonly flags: Flags; readonly verdict: Verdict | undefined },
): Promise<{ readonly report?: RunReport }> {
  const { output, cwd, signal, now, setExitCode } = context;
  const { namespace } = plan.spec;
  const summary = await waitForRun(context, cluster, {
    namespace,
    limit: planLimit({ ...plan.spec, createdAt: now().toISOString() }, { now: now(), seconds: undefined }),
    isPassing: flags.isPassing === true,
  });
  const lines = renderResults(summary, { columns: output.isTerminal ? output.columns : Infinity, paint: createPaint(output) });
  output.out(`${output.isQuiet ? "" : "\n"}${lines.join("\n")}\n`);
  setExitCode(runExitCode(summary));
  if (!flags.retrieve || summary.tarball === undefined) return {};
  const { retrieveRun } = await import("../retrieve/retrieve-run.ts");
  const { reportBeside, writeReport } = await import("../retrieve/write-report.ts");
  const { path, key } = await retrieveRun(cluster, { namespace, file: flags.output, cwd, signal, output });
  output.out(`Tarball: ${shorten(cwd, path)}\n`);
  if (key !== undefined) output.out(`Key:     ${shorten(cwd, key)}, which tells whose the tokens are; don't pass it on\n`);
  const { readReport } = await import("../../reports/read-report.ts");
  const read = await readReport(path);
  const report = verdict?.waive(read) ?? read;
  const page = await writeReport({ report, format: "html", path: flags.report === undefined ? reportBeside(path) : resolve(cwd, flags.report) });
  output.out(`Report:  ${shorten(cwd, page)}\n`);
  verdict?.judge(report);
  return { report };
}

/** As people would type it. */
export function shorten(cwd: string, path: string): string {
  const short = relative(cwd, path);
  return short.startsWith("..") ? path : short;
}
