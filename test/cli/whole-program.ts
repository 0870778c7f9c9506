import { createProgram } from "../../cli/program.ts";

/** All of asdic's commands, to be read: what they print goes nowhere. */
export const wholeProgram = (): ReturnType<typeof createProgram> =>
  createProgram({
    output: { out() {}, err() {}, isTerminal: false, columns: 80, colours: false },
    environment: {},
    signal: new AbortController().signal,
    now: () => new Date(0),
    cwd: import.meta.dirname,
    setExitCode() {},
  });
