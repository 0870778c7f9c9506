import { extname } from "node:path";

/** Whether a file that a plugin names is a gzip by its extension: if there is a tar in it, the aggregator unpacks it. */
export const mayBeArchive = (name: string): boolean => [".gz", ".tgz"].includes(extname(name).toLowerCase());

/** Content-Disposition for a download of this name (RFC 6266); a name that is no plain ASCII is also given in RFC 5987's form. */
export function contentDisposition(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/gu, "_");
  if (plain === name) return `attachment; filename="${name}"`;
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
