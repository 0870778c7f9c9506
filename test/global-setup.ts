import { buildPrograms, programsVariable } from "./faults/build-programs.ts";

/** Builds the programs of asdic's own image once for all processes of `npm test`, which inherit their place; node's test runner calls it before the first. */
export async function globalSetup(): Promise<void> {
  process.env[programsVariable] = await buildPrograms();
}
