import { Option } from "commander";
import type { CommandContext } from "../../command-context.ts";
import type { RunFlags } from "../options.ts";

/** The flag that names a file with the others. */
export type ConfigFileFlags = { readonly config?: string | undefined };

export const configFileOption = new Option(
  "--config <file>",
  "YAML or JSON with any of these options, as `asdic gen config` shows, or Sonobuoy's own config; what is typed wins over it",
);

/** What commander's command tells of where a flag is from. */
export type TypedCommand = { getOptionValueSource(name: string): string | undefined };

/** The flags with what the file of --config says in place of defaults; KnownError "invalid-file" for all that is wrong with it. */
export async function withConfigFile<Flags extends RunFlags>(context: CommandContext, command: TypedCommand, flags: Flags): Promise<Flags> {
  if (flags.config === undefined) return flags;
  const { applyConfigFile } = await import("../config/apply-config-file.ts");
  // What is in the file is said; who shows the flags again needn't name it.
  return { ...(await applyConfigFile(context, command, { ...flags, config: flags.config })), config: undefined };
}
