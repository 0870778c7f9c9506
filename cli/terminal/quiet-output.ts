import type { Output } from "./output.ts";
import { passOutput } from "./pass-output.ts";

/** An output that says nothing beside what was asked for as long as it is to be quiet; errors are printed by who ends the process. */
export const quietOutput = (output: Output, isQuiet: () => boolean): Output =>
  passOutput(output, { out: (text) => output.out(text), err: (text) => (isQuiet() ? undefined : output.err(text)), isQuiet });
