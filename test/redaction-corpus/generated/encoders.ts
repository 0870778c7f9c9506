import { gzipSync } from "node:zlib";

/** Writes a value as `name` says: escaped for JSON, a URL, XML, in base64, hexadecimal, or indented. */
export function encode(value: string, name: string): string {
  const encoder = encoders[name];
  if (encoder === undefined) throw new Error(`there is no encoder ${name}`);
  return encoder(value);
}

const toJson = (value: string): string => JSON.stringify(value).slice(1, -1);
const toBase64 = (value: string): string => Buffer.from(value).toString("base64");
const indent = (value: string, by: number): string => value.replaceAll("\n", `\n${" ".repeat(by)}`);

const encoders: Readonly<Record<string, (value: string) => string>> = {
  json: toJson,
  json2: (value) => toJson(toJson(value)),
  json3: (value) => toJson(toJson(toJson(value))),
  url: encodeURIComponent,
  form: (value) => encodeURIComponent(value).replaceAll("%20", "+"),
  xml: (value) => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
  html: (value) => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("=", "&#61;").replaceAll('"', "&#34;"),
  unicode: (value) => value.replaceAll(/["&<>=]/g, (sign) => String.raw`\u00${sign.charCodeAt(0).toString(16)}`),
  qp: (value) => value.replaceAll("=", "=3D"),
  b64: toBase64,
  b64url: (value) => Buffer.from(value).toString("base64url"),
  b64lines: (value) => toBase64(value).replaceAll(/.{76}/g, "$&\n"),
  hex: (value) => Buffer.from(value).toString("hex"),
  b64bare: (value) => toBase64(value).replaceAll("=", ""),
  b64b64: (value) => toBase64(toBase64(value)),
  utf16b64: (value) => Buffer.from(value, "utf16le").toString("base64"),
  gzb64b64: (value) => toBase64(gzipSync(value).toString("base64")),
  gzb64: (value) => gzipSync(value).toString("base64"),
  in2: (value) => indent(value, 2),
  in4: (value) => indent(value, 4),
  in6: (value) => indent(value, 6),
  in8: (value) => indent(value, 8),
  nl: (value) => value.replaceAll("\n", String.raw`\n`),
  joined: (value) => value.replaceAll("\n", ""),
  crlf: (value) => value.replaceAll("\n", "\r\n"),
  oneline: (value) => value.replaceAll("\n", " "),
  shq: (value) => value.replaceAll("'", `'\\''`),
};
