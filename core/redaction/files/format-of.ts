import type { NamedContent } from "./named-content.ts";

/** How a file is read. */
export type Format = "json" | "yaml" | "csv" | "text" | "utf16" | "gzip" | "tar" | "zip";

/** The format of a file: archives by their first bytes whatever they are called, the others by their name's end. */
export function formatOf({ name, content }: Pick<NamedContent, "name" | "content">): Format {
  if (content[0] === 0x1f && content[1] === 0x8b) return "gzip";
  if (content.subarray(0, 4).toString("latin1") === "PK\u0003\u0004") return "zip";
  if (content.subarray(257, 262).toString("latin1") === "ustar") return "tar";
  if ((content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff)) return "utf16";
  if (/\.json$/i.test(name)) return "json";
  if (/\.csv$/i.test(name) && content.length <= longestYaml) return "csv";
  // A longer file would take minutes; its lines are read as text.
  return /\.ya?ml$/i.test(name) && content.length <= longestYaml ? "yaml" : "text";
}

const longestYaml = 8 * 1024 * 1024;
