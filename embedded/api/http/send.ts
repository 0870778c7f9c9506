import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { stringify } from "yaml";
import type { JsonObject } from "../../../core/contract/json.ts";
import { buildStatus, internalError, StatusError } from "../status-error.ts";
import { ContinueExpired } from "./continue-token.ts";
import type { Format } from "./negotiate.ts";

const compress = promisify(gzip);
const gzipFrom = 128 * 1024;

/** What is sent, beside the format that was agreed on. */
export type Answer = { readonly status: number; readonly body: JsonObject; readonly warnings?: readonly string[]; readonly contentType?: string };

/** Writes a whole answer; compressed if the client can read that and it is worth it. */
export async function sendObject(response: ServerResponse, { notation, pretty }: Pick<Format, "notation" | "pretty">, answer: Answer): Promise<void> {
  const text =
    notation === "yaml"
      ? stringify(answer.body, { lineWidth: 0, sortMapEntries: true, indentSeq: false, version: "1.1" })
      : pretty
        ? JSON.stringify(answer.body, null, 2)
        : `${JSON.stringify(answer.body)}\n`;
  const type = answer.contentType ?? (notation === "yaml" ? "application/yaml" : "application/json");
  const warnings = (answer.warnings ?? []).map(renderWarning);
  const readsGzip = /\bgzip\b/.test(response.req.headers["accept-encoding"] ?? "");
  let bytes = Buffer.from(text);
  const packed = readsGzip && bytes.length > gzipFrom;
  if (packed) bytes = await compress(bytes, { level: 1 });
  writeHead(response, answer.status, {
    "content-type": type,
    "content-length": bytes.length,
    ...(packed ? { "content-encoding": "gzip", vary: "Accept-Encoding" } : {}),
    ...(warnings.length > 0 ? { warning: warnings } : {}),
  });
  response.end(response.req.method === "HEAD" ? undefined : bytes);
}

/** Writes plain text, as the paths beside the API do. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  writeHead(response, status, { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff", "content-length": Buffer.byteLength(text) });
  response.end(response.req.method === "HEAD" ? undefined : text);
}

/** Writes a refusal as a Status; where an answer has begun, breaks it off. What is no StatusError becomes an InternalError. */
export async function sendError(response: ServerResponse, format: Pick<Format, "notation" | "pretty">, error: unknown): Promise<void> {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const status = error instanceof StatusError ? error : internalError(error);
  const body = buildStatus(status);
  // Where there is no format to agree on, people are probably reading.
  const agreed = status.code === 406 ? { ...format, pretty: true } : format;
  const retry = status.details?.["retryAfterSeconds"];
  if (typeof retry === "number") response.setHeader("retry-after", String(retry));
  await sendObject(response, agreed, { status: status.code, body: error instanceof ContinueExpired ? { ...body, metadata: { continue: error.token } } : body });
}

/** The first part of each answer. */
export function writeHead(response: ServerResponse, status: number, headers: { readonly [name: string]: string | number | readonly string[] }): void {
  const all = { "audit-id": randomUUID(), "cache-control": "no-cache, private", ...headers };
  for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
  response.writeHead(status);
}

/** Text of clients comes back in it: in a header it is UTF-8 byte by byte, without what ends a line. */
const renderWarning = (text: string): string =>
  Buffer.from(`299 - "${text.replaceAll(/\p{Cc}/gu, " ").replaceAll(/["\\]/g, String.raw`\$&`)}"`, "utf8").toString("latin1");
