import type { Cause } from "./cause.ts";
import { lastLine } from "./cause.ts";

/** The plugin's container ended with an error and nobody has written a done file; what is there is collected within the grace. */
export const crashed: Cause = {
  code: "crashed",
  graceSeconds: 120,
  // Many programs write their result and then end with an error because of what they found.
  hiddenSeconds: 3,
  ends: "failed",
  cutsShort: true,
  match({ pod, pluginContainer }) {
    const container = pod?.containers.find(({ name, state, exitCode }) => name === pluginContainer && state === "terminated" && exitCode !== 0);
    if (!container) return undefined;
    const words = lastLine(container.message);
    return {
      message: `The plugin ended with exit code ${container.exitCode}${nameSignal(container.exitCode)} and wrote no done file${words === "" ? "" : `; its last words: ${words}`}`,
      hint: `Its whole log is in the tarball, podlogs/…/${container.name}.txt; while the run goes on: \`asdic logs\`.`,
    };
  },
};

/** Shells and runtimes add 128 to the number of the signal that ended a program. */
function nameSignal(exitCode = 0): string {
  const name = (
    {
      129: "SIGHUP",
      130: "SIGINT",
      131: "SIGQUIT",
      132: "SIGILL",
      134: "SIGABRT",
      135: "SIGBUS",
      136: "SIGFPE",
      137: "SIGKILL",
      139: "SIGSEGV",
      141: "SIGPIPE",
      143: "SIGTERM",
    } as Record<number, string>
  )[exitCode];
  return name === undefined ? "" : ` (${name})`;
}
