import { codeOf, messageOf } from "../../../to-error.ts";

/** Why a process could not be started, as containerd and runc word it. */
export const renderStartError = (error: unknown, program: string): string =>
  `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${renderCause(error, program)}`;

/** The same for a command in a container that runs. */
export const renderExecError = (error: unknown, program: string, id: string): string =>
  `failed to exec in container: failed to start exec ${JSON.stringify(id)}: OCI runtime exec failed: exec failed: unable to start container process: ${renderCause(error, program)}`;

function renderCause(error: unknown, program: string): string {
  const code = codeOf(error);
  const quoted = JSON.stringify(program);
  if (code === "EACCES") return `exec: ${quoted}: permission denied`;
  if (code !== "ENOENT") return messageOf(error);
  return program.includes("/") ? `exec: ${quoted}: stat ${program}: no such file or directory` : `exec: ${quoted}: executable file not found in $PATH`;
}
