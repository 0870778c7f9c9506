import { extname } from "node:path";

/** Content type of a file that a plugin names, by its extension; the aggregator unpacks none of them but gzip. */
export function contentType(name: string): string {
  return contentTypes[extname(name).toLowerCase()] ?? "application/octet-stream";
}

const contentTypes: { readonly [extension: string]: string } = {
  ".gz": "application/gzip",
  ".tgz": "application/gzip",
  ".json": "application/json",
  ".xml": "application/xml",
  ".yaml": "application/yaml",
  ".txt": "text/plain",
};

/** Content-Disposition for a download of this name (RFC 6266); a name that is no plain ASCII is also given in RFC 5987's form. */
export function contentDisposition(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/gu, "_");
  if (plain === name) return `attachment; filename="${name}"`;
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
