import { isJsonObject, type JsonObject } from "../../../core/contract/json.ts";
import { KnownError } from "../../../core/contract/known-error.ts";
import type { CommandContext } from "../../command-context.ts";
import { checkPluginDocument } from "../../plugins/read-plugin-file.ts";
import { buildPluginDocument, renderPluginFile } from "../../plugins/render-plugin-file.ts";
import { createProblems } from "../../run/problems.ts";
import { readWanted } from "../../run/plan-from-flags.ts";
import type { ConformanceFlags } from "../../run/options/conformance.ts";
import { renderSafeLines } from "../../terminal/safe-text.ts";
import { buildPluginFile } from "./build-plugin-file.ts";
import { parsePluginFlags, type PluginFileFlags } from "./parse-plugin-flags.ts";
import { readConfigFiles } from "./read-config-files.ts";
import { refuseFlag } from "./refuse-flag.ts";
import { refuseProblem } from "./refuse-problem.ts";

export type GenPluginFlags = PluginFileFlags & ConformanceFlags & { readonly configmap?: readonly string[] | undefined };

/** Prints a plugin's file: that of a built-in plugin with the flags applied, or a new one; one KnownError for all that keeps it from being one. */
export async function genPlugin(context: CommandContext, base: string | undefined, flags: GenPluginFlags): Promise<void> {
  const { attempt, attemptLater, throwAll } = createProblems();
  const suite = suiteFlags(flags);
  if (base === undefined) for (const flag of Object.keys(suite)) attempt(() => refuseSuiteFlag(flag));
  const begun = base === undefined ? {} : await readBase(context, base, suite);
  const isOurs = (flags.api ?? begun["apiVersion"]) === "asdic/v1";
  if (flags.api !== undefined && flags.api !== "asdic/v1" && flags.api !== "sonobuoy")
    attempt(() => refuseFlag("--api", flags.api ?? "", { example: "asdic/v1" }));
  const parts = parsePluginFlags(flags, attempt);
  const configMap = (await attemptLater(() => readConfigFiles(flags.configmap ?? [], context.cwd))) ?? {};
  const document = buildPluginFile(begun, { ...parts, isOurs, configMap, showsPodSpec: flags.showDefaultPodspec === true });
  const { definition, problems } = checkPluginDocument(document);
  for (const problem of problems) attempt(() => refuseProblem(problem, isOurs));
  throwAll();
  if (definition === undefined) return;
  const text = renderPluginFile(definition);
  context.output.out(context.output.isTerminal ? renderSafeLines(text) : text);
}

/** Those of the flags that are about the conformance suite, where they were typed. */
function suiteFlags({ mode, e2eFocus, e2eSkip, e2eParallel, rerunFailed, kubeConformanceImage, e2eRepo }: GenPluginFlags): ConformanceFlags {
  const all = { mode, e2eFocus, e2eSkip, e2eParallel, rerunFailed, kubeConformanceImage, e2eRepo };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function refuseSuiteFlag(name: string): never {
  const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new KnownError("wrong-usage", `${flag}: about the conformance suite, and this plugin isn't it.`, {
    hint: `Begin with it: asdic gen plugin e2e ${flag} …`,
  });
}

/** The document of a built-in plugin, or of a file, as `run` would take it with these flags. */
async function readBase(context: CommandContext, base: string, suite: ConformanceFlags): Promise<JsonObject> {
  const { definitions } = await readWanted(context, { ...suite, plugin: [base], namespace: "asdic", permissions: "admin" }, { mayLackSecrets: true });
  const [definition, second] = definitions;
  if (definition === undefined || second !== undefined)
    throw new KnownError("wrong-usage", `${base}: one plugin is needed to begin with.`, { hint: "Name a built-in plugin, or one file." });
  const document: unknown = JSON.parse(JSON.stringify(buildPluginDocument(definition)));
  return isJsonObject(document) ? document : {};
}
