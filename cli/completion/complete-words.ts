import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { findPosition } from "./find-position.ts";
import { listCandidates } from "./list-candidates.ts";
import { joinSplitWords } from "./join-split-words.ts";
import type { Shell } from "./scripts.ts";

export type CompletionRequest = { readonly shell: Shell; readonly words: readonly string[]; readonly environment: NodeJS.ProcessEnv };

/**
 * What may stand in the place of the last word, for the shells' scripts: a first line `files` or `folders` where the names of those fit too,
 * else `-`; then a line a candidate, with a tab and what it is.
 */
export async function completeWords(program: CommandUnknownOpts, { shell, words, environment }: CompletionRequest): Promise<string> {
  const { words: typed, cut } = shell === "bash" ? joinSplitWords(words) : { words, cut: 0 };
  const position = findPosition(program, typed);
  const { files, values } = await listCandidates(position, environment);
  const lines = values
    .filter(({ value }) => value.startsWith(position.current) && isPlain(value))
    .map(({ value, about }) => `${`${position.before}${value}`.slice(cut)}\t${firstSentence(about)}`);
  return `${[files, ...lines].join("\n")}\n`;
}

/** Names of a kubeconfig or a folder could be anything; what a line or a shell could misread is left out. */
const isPlain = (value: string): boolean => /^[\w@%+=:,./-]+$/.test(value);

const firstSentence = (text: string): string => (/^.*?(?=[.;:] |$)/s.exec(text)?.[0] ?? "").replaceAll(/\s+/g, " ");
