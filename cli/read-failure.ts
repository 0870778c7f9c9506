/** Why a file can't be read, as people say it, e.g. "there is no such file"; undefined for an error that isn't about that. */
export function readFailure(error: unknown): string | undefined {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return undefined;
  return reasons[String(error.code)] ?? `can't be read: ${String(error.code)}`;
}

const reasons: Record<string, string | undefined> = {
  EACCES: "you may not read it",
  EISDIR: "is a folder, and a file is needed",
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
};
