/** Why a file could not be written, as part of a sentence. */
export function writeFailureReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "its folder doesn't exist";
  if (code === "EISDIR" || code === "ENOTEMPTY" || code === "EEXIST") return "it is a folder";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "you may not write there";
  return code === "ENOSPC" ? "the disk is full" : String(code ?? error);
}
