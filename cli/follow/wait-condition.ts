import { isEndState, type PluginStatus, type ResultState, type RunSummary } from "../../core/contract/run-status.ts";
import { KnownError, type ExitCode } from "../../core/contract/known-error.ts";
import { runExitCode } from "./run-exit-code.ts";

/** What a wait is for: how it ends with this summary, or undefined while it is to go on. */
export type WaitCondition = (summary: RunSummary) => ExitCode | undefined;

/** `--for`'s value as a condition; each is met at the end of the run at the latest. KnownError "wrong-usage", or "unknown-plugin" for one that the run doesn't have. */
export function parseWaitCondition(text: string, plugins: readonly string[]): WaitCondition {
  const [, name] = /^plugin=(.*)$/s.exec(text) ?? [];
  if (name !== undefined) {
    if (plugins.includes(name)) return (summary) => judgePlugin(summary, name) ?? judgeRun(summary);
    throw new KnownError("unknown-plugin", `--for ${text}: the run has no plugin ${JSON.stringify(name)}.`, { hint: `Its plugins are ${plugins.join(", ")}.` });
  }
  switch (text) {
    case "complete":
      return judgeRun;
    case "plugins-ended":
      return (summary) => (summary.phase === "running" ? undefined : (judgeRun(summary) ?? judge(summary.plugins)));
    case "first-failure":
      return (summary) => {
        const code = judge(summary.plugins);
        return judgeRun(summary) ?? (code === 0 ? undefined : code);
      };
    default:
      throw new KnownError("wrong-usage", `--for ${text}: is nothing to wait for.`, {
        hint: "Wait for complete, plugins-ended, plugin=NAME or first-failure.",
      });
  }
}

const judgeRun: WaitCondition = (summary) => (summary.phase === "complete" ? runExitCode(summary) : undefined);

function judgePlugin({ plugins, phase }: RunSummary, name: string): ExitCode | undefined {
  const own = plugins.filter((plugin) => plugin.name === name);
  const hasEnded = own.some(({ expected, states }) => expected > 0 && count(states, isEndState) >= expected);
  return hasEnded || phase === "post-processing" ? judge(own) : undefined;
}

/** What is known by now: 4 where a result did not come, 1 where something failed. What is still to come says nothing yet. */
function judge(plugins: readonly PluginStatus[]): ExitCode {
  if (plugins.some(({ states }) => count(states, (state) => isEndState(state) && state !== "done" && state !== "skipped") > 0)) return 4;
  if (plugins.some(({ progress }) => (progress?.failures?.length ?? 0) > 0)) return 1;
  const come = plugins.filter(({ resultStatus }) => resultStatus !== undefined);
  return runExitCode({ outcome: "complete", plugins: come });
}

const count = (states: PluginStatus["states"], is: (state: ResultState) => boolean): number =>
  Object.entries(states).reduce((sum, [state, number]) => sum + (is(state as ResultState) ? number : 0), 0);
