import { KnownError } from "../core/contract/known-error.ts";
import { describeWriteError } from "./describe-write-error.ts";

/** That something can't be written at `path`, and why, from the system's error; KnownError "invalid-file". */
export const cannotWrite = (path: string, cause: unknown, hint: string): KnownError =>
  new KnownError("invalid-file", `${path}: can't be written (${describeWriteError(cause)}).`, { hint, cause });
