import { toError } from "../../to-error.ts";

/** Shows a bug of one pod's work without ending everything else. */
export const warn = (error: unknown): void => process.emitWarning(toError(error));
