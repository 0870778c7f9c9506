import { Readable } from "node:stream";
import type { ExitCode } from "../../core/contract/known-error.ts";
import { createProgram } from "../../cli/program.ts";
import { renderError } from "../../cli/terminal/error.ts";
import { toolVersion } from "../../cli/tool-version.ts";

/** How a command of the CLI ended. */
export type Ended = { readonly code: ExitCode; readonly stdout: string; readonly stderr: string };

type Place = {
  readonly kubeconfig: string;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Beside KUBECONFIG; left out, this process's own. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** What the standard input has to say. */
  readonly input?: string | undefined;
};

/** Runs a command of asdic's CLI in this process, as `cli/main.ts` would in one of its own; never rejects. */
export async function runCli(args: readonly string[], { kubeconfig, cwd, signal, environment: own, input = "" }: Place): Promise<Ended> {
  let [code, stdout, stderr]: [ExitCode, string, string] = [0, "", ""];
  const output = {
    out: (text: string) => void (stdout += text),
    err: (text: string) => void (stderr += text),
    isTerminal: false,
    columns: 160,
    colours: false,
  };
  const environment = { KUBECONFIG: kubeconfig, ...(own ?? { ...process.env, KUBECONFIG: kubeconfig, ASDIC_IMAGE: ownImage, NO_COLOR: "1" }) };
  const openInput = () => Readable.from([input]);
  try {
    const program = createProgram({ output, environment, signal, cwd, now: () => new Date(), setExitCode: (to) => void (code = to), openInput });
    await program.parseAsync(["node", "asdic", ...args]);
  } catch (error) {
    const shown = await renderError(error, { version: toolVersion, interrupted: signal.aborted, typed: args });
    stderr += shown.text;
    code = shown.exitCode;
  }
  return { code, stdout, stderr };
}

/** The image under test, which the embedded cluster runs from the programs that were built. */
export const ownImage = "ghcr.io/asdic/asdic:dev";
