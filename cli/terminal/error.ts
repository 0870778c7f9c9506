import { CommanderError } from "commander";
import { isKnownError, type ExitCode } from "../../core/contract/known-error.ts";
import { renderSafeLines, renderSafeText } from "./safe-text.ts";

/** What is printed on the error output when a command throws, and what the process ends with (design D12). */
export type ShownError = { readonly text: string; readonly exitCode: ExitCode };

/** `typed` are the arguments, of which none may begin a line of its own. */
export type ErrorFacts = { readonly version: string; readonly interrupted: boolean; readonly typed: readonly string[] };

/** An error as people see it, without secrets: a known one as sentence and hint, any other as the bug that it is. After Ctrl-C it is always 130. */
export async function renderError(error: unknown, facts: ErrorFacts): Promise<ShownError> {
  // A help was printed: because it was asked for, or because a command was left out.
  if (error instanceof CommanderError) return { text: "", exitCode: error.exitCode === 0 ? 0 : 2 };
  if (isKnownError(error)) {
    const hint = error.hint === undefined ? "" : `${renderSafeLines(keepOnLine(error.hint, facts.typed))}\n`;
    // What was typed wrongly is told in our words, in which `--secret NAME` must stay; everything else may quote a server or a webhook.
    const message = error.exitCode === 2 ? error.message : await hideSecrets(error.message);
    const isInterruption = error.code === "interrupted";
    return {
      text: `${isInterruption ? "" : "error: "}${renderSafeLines(keepOnLine(message, facts.typed))}\n${hint}`,
      exitCode: facts.interrupted ? 130 : error.exitCode,
    };
  }
  if (facts.interrupted) return { text: "Interrupted.\n", exitCode: 130 };
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    text: `error: This is a bug in asdic ${facts.version} (Node.js ${process.version}); please report it with these lines.\n${renderSafeLines(await hideSecrets(trace))}\n`,
    exitCode: 70,
  };
}

/** The rules take a moment to load, and most errors need none. */
async function hideSecrets(text: string): Promise<string> {
  const { createHideText } = await import("./hide-text.ts");
  return createHideText()(text);
}

/** What was typed is often quoted, and a file's name may hold a line's end. */
function keepOnLine(text: string, typed: readonly string[]): string {
  const broken = typed.flatMap((word) => [word, word.slice(word.indexOf("=") + 1)]).filter((word) => /[\r\n]/.test(word));
  return broken.reduce((kept, word) => kept.replaceAll(word, () => renderSafeText(word)), text);
}
