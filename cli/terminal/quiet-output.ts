import type { Output } from "./output.ts";

/** An output that says nothing beside what was asked for as long as it is to be quiet; errors are printed by who ends the process. */
export function quietOutput(output: Output, isQuiet: () => boolean): Output {
  return {
    out: (text) => output.out(text),
    err: (text) => (isQuiet() ? undefined : output.err(text)),
    taken: async (signal) => output.taken?.(signal),
    isTerminal: output.isTerminal,
    ...(output.isErrTerminal !== undefined && { isErrTerminal: output.isErrTerminal }),
    get columns() {
      return output.columns;
    },
    get rows() {
      return output.rows ?? 24;
    },
    colours: output.colours,
    get isQuiet() {
      return isQuiet();
    },
  };
}
