import type { CommandContext } from "../../../cli/command-context.ts";

/** A command's surroundings in a folder, without a terminal, and the notes that it has printed by now. */
export function createNotingContext(cwd: string): { readonly context: CommandContext; readonly notes: () => string } {
  let notes = "";
  const context = {
    output: { out() {}, err: (text: string) => void (notes += text), isTerminal: false, columns: 80, colours: false },
    environment: {},
    signal: new AbortController().signal,
    now: () => new Date(0),
    cwd,
    setExitCode() {},
  };
  return { context, notes: () => notes };
}
