import type { Cluster } from "../../core/cluster/cluster.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import type { CommandContext } from "../command-context.ts";
import { connectCluster, type ClusterFlags } from "../connect-cluster.ts";
import { resolvePlugins } from "../plugins/resolve.ts";
import { renderSafeText } from "../terminal/safe-text.ts";
import { toolVersion } from "../tool-version.ts";
import { buildRunObjects, type RunObjects } from "./build/objects.ts";
import { changeDefinitions } from "./change-definitions.ts";
import { chooseSnapshot } from "./choose-snapshot.ts";
import { readSuite } from "./conformance/read-suite.ts";
import { parseRunOptions, type RunFlags, type RunOptions } from "./options.ts";
import { planRun, type PlanInput, type RunPlan } from "./plan.ts";
import { createProblems } from "./problems.ts";
import { readPluginSecrets } from "./read-plugin-secrets.ts";
import { readPullSecrets } from "./read-pull-secrets.ts";
import { readRedactionRules } from "./read-redaction-rules.ts";
import { makeRunId } from "./run-id.ts";
import { renderCommand } from "./render-command.ts";
import { readServer, type ServerFacts } from "./read-server.ts";

/** A run that is decided, and the cluster that it is for. */
export type PlannedRun = {
  readonly plan: RunPlan;
  readonly objects: RunObjects;
  readonly cluster: Cluster;
  /** The run's namespace, where it is there already. */
  readonly namespace: KubernetesObject | undefined;
  /** Which checks to make before it. */
  readonly preflight: RunOptions["preflight"];
};

/** Flags to a run for the cluster that they name; everything that can be wrong about flags and files is known before the cluster is asked, which is changed in nothing. */
export async function planFromFlags(context: CommandContext, flags: RunFlags & ClusterFlags): Promise<PlannedRun> {
  const wanted = { ...(await readWanted(context, flags)), command: renderCommand(flags) };
  const cluster = await connectCluster(context, flags);
  const { namespace, ...api } = await readServer(cluster, wanted.options.namespace, context.signal);
  const runId = makeRunId(context.randomBytes);
  const rest = { cluster, namespace, preflight: wanted.options.preflight };
  const decide = (snapshot: RunOptions["snapshot"]): Pick<PlannedRun, "plan" | "objects"> =>
    decideRun(runId, { ...wanted, options: { ...wanted.options, snapshot } }, api);
  const { snapshot, isSnapshotAsked } = wanted.options;
  if (isSnapshotAsked) return { ...decide(snapshot), ...rest };
  const { decided, note } = await chooseSnapshot(cluster, { snapshot, decide, signal: context.signal });
  if (note !== undefined) context.output.err(`note: ${note}\n`);
  return { ...decided, ...rest };
}

/** What is wanted as the objects that make it happen on a server of this version, which serves this. */
export function decideRun(runId: string, wanted: Wanted, { version, served }: Pick<ServerFacts, "version" | "served">): Pick<PlannedRun, "plan" | "objects"> {
  const plan = planRun({ ...wanted, toolVersion, runId, serverVersion: version });
  return { plan, objects: buildRunObjects({ ...plan, served }) };
}

type Wanted = Pick<PlanInput, "options" | "sshKey" | "redactionRules" | "pullSecrets" | "pluginSecrets" | "definitions" | "aggregator" | "command">;

/** What flags and the files named by them say of a run, before any cluster is asked; one KnownError for all that can't be. Where no Secret is made of them, the plugins' secrets may be missing. */
export async function readWanted(context: CommandContext, flags: RunFlags, { mayLackSecrets = false } = {}): Promise<Wanted> {
  const { environment, cwd, signal, output } = context;
  const { attempt, attemptLater, throwAll } = createProblems();
  const options = parseRunOptions(flags, { toolVersion, environment }, attempt);
  const suite = options.suite && (await readSuite(options.suite, cwd, attemptLater));
  const resolved = await attemptLater(() => resolvePlugins({ wanted: options.plugins, cwd, environment, conformance: suite?.options, signal }));
  const pullSecrets = (await attemptLater(() => readPullSecrets(options.pullSecrets, cwd))) ?? [];
  const { rulesFile } = options.redaction || { rulesFile: undefined };
  const redactionRules = rulesFile === undefined ? undefined : await attemptLater(() => readRedactionRules(rulesFile, cwd));
  const definitions = resolved?.map(({ definition }) => definition);
  const changed = (definitions && changeDefinitions(definitions, options, attempt)) ?? { definitions: [], aggregator: [], notes: [] };
  const pluginSecrets = (definitions && (await attemptLater(() => readPluginSecrets({ ...options, ...changed, mayLackSecrets }, context)))) ?? [];
  throwAll();
  for (const note of [...options.notes, ...changed.notes]) output.err(`note: ${renderSafeText(note)}\n`);
  return { options, sshKey: suite?.sshKey, redactionRules, pullSecrets, pluginSecrets, definitions: changed.definitions, aggregator: changed.aggregator };
}
