import type { Cause } from "./cause.ts";
import { containersOf, quoteMessage } from "./cause.ts";

/** The container was made and its program can't be started: not there, not executable, or no such folder. */
export const containerStart: Cause = {
  code: "container-start",
  graceSeconds: 10,
  ends: "failed",
  cutsShort: true,
  match({ pod }) {
    const container = containersOf(pod).find(({ state, reason }) =>
      state === "terminated" ? ["StartError", "ContainerCannotRun"].includes(reason) : state === "waiting" && reason === "RunContainerError",
    );
    return (
      container && {
        message: `Container ${container.name} can't be started: ${quoteMessage(container.message)}`,
        hint: `Correct command, args and workingDir in the plugin's file; what is run: \`asdic plugins show FILE\`.`,
      }
    );
  },
};
