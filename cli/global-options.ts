import { Option, type CommandUnknownOpts } from "@commander-js/extra-typings";

/** What every command takes besides its own options, and what each that needs a cluster takes, as kubectl has it. */
export type GlobalFlags = {
  readonly quiet?: true | undefined;
  readonly verbose?: true | undefined;
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  readonly as?: string | undefined;
  readonly asGroup?: readonly string[] | undefined;
  readonly requestTimeout?: string | undefined;
};

/** Adds the options to every command below this one that does something, after its own; `take` hears what was typed just before it acts. */
export function addGlobalOptions(program: CommandUnknownOpts, take: (flags: GlobalFlags) => void): void {
  for (const command of listCommands(program)) {
    // `gen` has commands below it, and does something by itself.
    if (command.commands.length > 0 && command.options.length === 0) continue;
    const needsCluster = command.options.some(({ long }) => long === "--kubeconfig");
    for (const option of [...(needsCluster ? clusterOptions() : []), quietOption()]) command.addOption(option);
  }
  program.hook("preAction", (_program, acting) => take(acting.opts()));
}

/** A command and all below it. */
export const listCommands = (command: CommandUnknownOpts): readonly CommandUnknownOpts[] => [command, ...command.commands.flatMap(listCommands)];

const clusterOptions = () => [
  new Option("--cluster <name>", "the kubeconfig's cluster that takes the place of the context's"),
  new Option("--user <name>", "the kubeconfig's user that takes the place of the context's"),
  new Option("--as <name>", "act as this user, or service account: system:serviceaccount:NAMESPACE:NAME"),
  new Option("--as-group <name...>", "with --as: act as a member of this group; repeatable"),
  new Option("--request-timeout <duration>", "how long an answer of the API server may take, e.g. 30s; without it as long as something comes"),
  new Option("-v, --verbose", "also print each request to the cluster, with its answer's status and time, to stderr"),
];

const quietOption = () => new Option("-q, --quiet", "print only what was asked for: no progress, no notes, no advice").conflicts("verbose");
