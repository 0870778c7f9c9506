import { Readable } from "node:stream";
import { CommanderError, type Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../../../cli/command-context.ts";
import type { ExitCode } from "../../../core/contract/known-error.ts";

type Ran = { readonly out: string; readonly err: string; readonly exitCode: ExitCode };

/** Runs one command with arguments as a shell would give them, and says what it printed; errors go through. */
export async function runCommand(
  make: (context: CommandContext) => Command,
  args: readonly string[],
  options: { readonly cwd?: string; readonly isTerminal?: boolean; readonly environment?: NodeJS.ProcessEnv; readonly input?: string } = {},
): Promise<Ran> {
  const printed = { out: "", err: "" };
  let exitCode: ExitCode = 0;
  const command = make({
    output: {
      out: (text) => void (printed.out += text),
      err: (text) => void (printed.err += text),
      isTerminal: options.isTerminal ?? false,
      columns: 80,
      colours: false,
    },
    environment: options.environment ?? {},
    signal: new AbortController().signal,
    now: () => new Date(0),
    cwd: options.cwd ?? import.meta.dirname,
    setExitCode: (code) => void (exitCode = code),
    openInput: () => Readable.from([options.input ?? ""]),
  });
  command.exitOverride().configureOutput({ writeOut: (text) => void (printed.out += text), writeErr: (text) => void (printed.err += text) });
  await command.parseAsync([...args], { from: "user" }).catch((error: unknown) => {
    if (!(error instanceof CommanderError && error.code === "commander.helpDisplayed")) throw error;
  });
  return { ...printed, exitCode };
}
