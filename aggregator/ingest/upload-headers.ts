import type { IncomingHttpHeaders } from "node:http";
import { archiveContentType, collectedHeader, folderHeader, offsetHeader, packedContentType, problemHeader } from "../../core/contract/worker-wire.ts";
import type { Delivery } from "../causes/cause.ts";
import { Refusal } from "./refusal.ts";

/** What the headers of an upload say about its body. */
export type UploadHeaders = {
  readonly name: string;
  /** Whether the worker packed it, and if so, whether it is a folder. */
  readonly isPacked: boolean;
  readonly isFolder: boolean;
  readonly isGzip: boolean;
  /** False when the worker sent what there was, without a done file. */
  readonly announced: boolean;
  /** Why it is not what the plugin announced. */
  readonly problem: Delivery | undefined;
  /** The byte of the result at which the body begins. */
  readonly offset: number;
  /** Bytes of the body, where the sender knew. */
  readonly length: number | undefined;
};

/** The headers, checked; a file name that is more than a name is a 422, what a worker can't have written a 400. */
export function parseUploadHeaders(headers: IncomingHttpHeaders): UploadHeaders {
  const contentType = (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const name = parseFileName(headers["content-disposition"] ?? "");
  const length = Number(headers["content-length"]);
  return {
    name,
    isPacked: contentType === packedContentType,
    isGzip: contentType === archiveContentType || contentType === "application/x-gzip",
    isFolder: headers[folderHeader] === "true",
    announced: headers[collectedHeader] !== "true",
    problem: parseProblem(headers[problemHeader]),
    offset: parseOffset(headers[offsetHeader]),
    length: headers["content-length"] === undefined || !Number.isSafeInteger(length) ? undefined : length,
  };
}

function parseOffset(header: string | string[] | undefined): number {
  if (header === undefined) return 0;
  const offset = typeof header === "string" && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
  if (offset === undefined) throw new Refusal(400, "The upload's offset is no number.");
  return offset;
}

/** The `filename` of a Content-Disposition, in its plain and its RFC 5987 form. */
function parseFileName(disposition: string): string {
  const extended = /filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition);
  const name = extended === undefined ? (plain?.[1]?.replaceAll(/\\(.)/g, "$1") ?? plain?.[2] ?? "result") : decodeName(extended);
  if (name === "" || name === "." || name === ".." || /[/\\\p{Cc}]/u.test(name) || Buffer.byteLength(name) > 255)
    throw new Refusal(422, "The upload's file name is not a plain name.");
  return name;
}

function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new Refusal(400, "The upload's file name is not properly encoded.");
  }
}

/** `<code>; <sentence, URI-encoded>`, as core/contract/worker-wire.ts has it. */
function parseProblem(header: string | string[] | undefined): Delivery | undefined {
  if (typeof header !== "string") return undefined;
  const [code = "", sentence = ""] = header.split(/;\s*/, 2);
  if (!/^[a-z-]{1,40}$/.test(code)) throw new Refusal(400, "The upload's problem has no code.");
  return { kind: code === "result-missing" ? "missing" : "unreadable", message: decodeName(sentence).slice(0, 2000) };
}
