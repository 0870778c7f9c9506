/** Why something can't be written, as the end of a sentence, from the system's error. */
export function describeWriteError(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons[code] ?? (code || String(error));
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "its folder doesn't exist",
  ENOTDIR: "its folder doesn't exist",
  EISDIR: "it is a folder",
  ENOTEMPTY: "it is a folder",
  EEXIST: "something else is there already",
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "you may not write there",
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is full",
  EFBIG: "files may not be so large there",
  ENAMETOOLONG: "its name is too long",
};
