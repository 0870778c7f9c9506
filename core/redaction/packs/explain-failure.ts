import { isKnownError } from "../../contract/known-error.ts";
import { Unreadable } from "../files/unreadable.ts";

/** Why a file is left out on which reading as a stream has failed, as a clause that begins with "it" or a rule; throws what is a disk's failure and none of the file. */
export function explainFailure(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  if (!(error instanceof Error) || "syscall" in error || isKnownError(error)) throw error;
  return "code" in error && String(error.code).startsWith("Z_") ? "it is a damaged archive" : "a rule failed on it";
}
