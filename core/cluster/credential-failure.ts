import { isJsonObject } from "../contract/json.ts";
import { KnownError } from "../contract/known-error.ts";
import { text } from "../kubernetes/field.ts";
import type { ChosenContext } from "./kubeconfig.ts";
import { readCode } from "./network-failure.ts";
import { oneLine, quote } from "./one-line.ts";

/** Why a context's credentials could not be had, as the KnownError that people see. */
export function credentialFailure(error: unknown, { name, userName, user }: Pick<ChosenContext, "name" | "userName" | "user">): KnownError {
  const code = readCode(error);
  const words = oneLine(error instanceof Error ? error.message : String(error), 300);
  const who = `user ${quote(userName)} (context ${quote(name)})`;
  const { exec } = user;
  if (isJsonObject(exec)) {
    const command = quote(text(exec["command"]));
    if (code === "ENOENT" || code === "EACCES") {
      const hint = oneLine(text(exec["installHint"]), 300) || "Install it, put it into the PATH, or choose another context with --context.";
      return new KnownError("credentials-expired", `The credential plugin ${command} of ${who} is ${code === "ENOENT" ? "not installed" : "not executable"}.`, {
        hint,
        cause: error,
      });
    }
    const isAnswer = error instanceof SyntaxError || error instanceof TypeError;
    const reason = isAnswer ? "what it printed is no ExecCredential" : words || "it ended with an error and no words";
    return new KnownError("credentials-expired", `The credential plugin ${command} of ${who} failed: ${reason}.`, {
      hint: "Log in again as that plugin wants it, and try it by hand.",
      cause: error,
    });
  }
  const path = readPath(error);
  if (path !== undefined)
    return new KnownError("invalid-kubeconfig", `The file ${path}, which ${who} or its cluster needs, cannot be read (${code}).`, {
      hint: "Correct its path in the kubeconfig.",
      cause: error,
    });
  return new KnownError("credentials-expired", `There are no usable credentials of ${who}: ${words || code}.`, {
    hint: "Log in again as your cluster's provider describes it.",
    cause: error,
  });
}

/** The file that a file system's error is about. */
const readPath = (error: unknown): string | undefined =>
  typeof error === "object" && error !== null && "path" in error && typeof error.path === "string" && "syscall" in error ? oneLine(error.path, 300) : undefined;
