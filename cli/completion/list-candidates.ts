import type { Argument, CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { Position } from "./find-position.ts";

export type Candidate = { readonly value: string; readonly about: string };

/** Whether names of files or folders fit too, and what else does. */
export type Candidates = { readonly files: "files" | "folders" | "-"; readonly values: readonly Candidate[] };

/** What may be typed in a place, from the same commands, options and choices that --help shows, from the built-in plugins and from the kubeconfig. */
export async function listCandidates(position: Position, environment: NodeJS.ProcessEnv): Promise<Candidates> {
  const { command, place, current } = position;
  if (place.kind === "option") return { files: "-", values: listOptions(command) };
  if (place.kind === "value") {
    const { option } = place;
    return listValues({ choices: option.argChoices, word: readMetavar(option), position }, environment);
  }
  const commands = place.index === 0 ? command.createHelp().visibleCommands(command) : [];
  if (commands.length > 0) return { files: "-", values: commands.map((one) => ({ value: one.name(), about: one.description() })) };
  const argument = findArgument(command, place.index);
  if (argument === undefined) return { files: "-", values: current === "" ? listOptions(command) : [] };
  return listValues({ choices: argument.argChoices, word: argument.name(), position }, environment);
}

const listOptions = (command: CommandUnknownOpts): readonly Candidate[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => ({ value: long ?? short ?? "", about: description }));

/** The last argument may stand for all that follow. */
function findArgument({ registeredArguments }: CommandUnknownOpts, index: number): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[index] ?? (last?.variadic === true ? last : undefined);
}

/** `file` of `-o, --output <file>`. */
const readMetavar = ({ flags }: Option): string => /[<[]([^\]>.]*)/.exec(flags)?.[1] ?? "";

type Wanted = { readonly choices: readonly string[] | undefined; readonly word: string; readonly position: Position };

async function listValues({ choices, word, position }: Wanted, environment: NodeJS.ProcessEnv): Promise<Candidates> {
  const { command, place, typed } = position;
  const none = { files: "-", values: [] } as const;
  if (choices !== undefined) return { ...none, values: choices.map((value) => ({ value, about: "" })) };
  const option = place.kind === "value" ? place.option.long : undefined;
  const section = entrySections.get(option);
  if (section !== undefined) {
    const { readEntryNames } = await import("../../core/cluster/read-entry-names.ts");
    const names = await readEntryNames({ kubeconfig: typed.get("--kubeconfig"), environment }, section);
    return { ...none, values: names.map((value) => ({ value, about: "in the kubeconfig" })) };
  }
  if (option === "--plugin" || word === "plugin") return listPlugins(takesPluginFiles.includes(command.name()));
  if (word === "kind") return listKinds();
  if (option === "--for") return { ...none, values: conditions.map((value) => ({ value, about: "" })) };
  const isFolder = /folder|director/.test(word);
  return { ...none, files: isFolder ? "folders" : /file|path|tarball|archive|source/.test(word) ? "files" : "-" };
}

async function listPlugins(withFiles: boolean): Promise<Candidates> {
  const { builtInPlugins } = await import("../../plugins/built-ins.ts");
  return { files: withFiles ? "files" : "-", values: builtInPlugins.flatMap(({ names, summary }) => names.map((value) => ({ value, about: summary }))) };
}

async function listKinds(): Promise<Candidates> {
  const { wellKnownKinds } = await import("../get/well-known-kinds.ts");
  return { files: "-", values: [...wellKnownKinds].map(([value, [, ...shortNames]]) => ({ value, about: shortNames.join(", ") })) };
}

const entrySections = new Map<string | undefined, "contexts" | "clusters" | "users">([
  ["--context", "contexts"],
  ["--cluster", "clusters"],
  ["--user", "users"],
]);

/** Others name plugins of a run, which are not files any more. */
const takesPluginFiles = ["run", "gen", "show", "lint", "install"];
const conditions = ["complete", "plugins-ended", "first-failure", "plugin="];
