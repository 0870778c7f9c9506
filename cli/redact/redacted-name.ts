import type { SourceKind } from "./source-kind.ts";

/** Where what is left of a path goes: run.redacted.tar.gz, values.redacted.yaml, logs.redacted. A tarball is always written as .tar.gz. */
export function redactedName(path: string, kind: SourceKind): string {
  if (kind === "tarball") return `${path.replace(/\.(?:tar\.gz|tgz|tar)$/i, "")}.redacted.tar.gz`;
  const bare = path.replace(/\/+$/, "");
  if (kind === "folder") return `${bare}.redacted`;
  const [, stem = bare, end = ""] = /^(.*[^/])((?:\.\w{1,8}){1,2})$/.exec(bare) ?? [];
  return `${stem}.redacted${end}`;
}
