import type { Output } from "./output.ts";

/** How an output passes on what it is given; `isQuiet` as that of the one it passes it to, unless said. */
type Passing = Pick<Output, "out" | "err"> & { readonly isQuiet?: () => boolean };

/** An output in front of another one, of the same width, height and colours at any time. */
export function passOutput(to: Output, { out, err, isQuiet = () => to.isQuiet === true }: Passing): Output {
  return {
    out,
    err,
    taken: async (signal) => to.taken?.(signal),
    isTerminal: to.isTerminal,
    ...(to.isErrTerminal !== undefined && { isErrTerminal: to.isErrTerminal }),
    get columns() {
      return to.columns;
    },
    get rows() {
      return to.rows ?? 24;
    },
    colours: to.colours,
    get isQuiet() {
      return isQuiet();
    },
  };
}
