import type { IncomingHttpHeaders } from "node:http";
import {
  collectedHeader,
  digestTrailer,
  folderHeader,
  inputsPath,
  offsetHeader,
  packedContentType,
  partDigestHeader,
  problemHeader,
  tunnelHost,
  wirePaths,
} from "../../../core/contract/worker-wire.ts";
import type { Random } from "../../faults/random/random.ts";
import { drawText } from "../../hostile-text.ts";

export type Own = { readonly plugin: string; readonly node: string };

/** A method and a target, more often than not those of the sender's own result. */
export function drawTarget(random: Random, { plugin, node }: Own): { readonly method: string; readonly target: string } {
  const name = (own: string): string => (random.below(16) === 0 ? drawText(random) : own);
  const [path, usual] = random.pick([
    [wirePaths.result, "PUT"],
    [wirePaths.result, "PUT"],
    [wirePaths.result, "PUT"],
    [wirePaths.result, "PUT"],
    [wirePaths.result, "HEAD"],
    [wirePaths.progress, "POST"],
    [() => wirePaths.poll, "POST"],
    [() => wirePaths.inputs(name(plugin).toWellFormed()), "GET"],
    [() => wirePaths.health, "GET"],
    [() => random.pick([wirePaths.status, wirePaths.tarball, inputsPath, "*", "//", "/..", "http://x/healthz", `/${drawText(random)}`]), "GET"],
  ] as const);
  const target = path(name(plugin).toWellFormed(), name(node).toWellFormed());
  const bent = random.below(20) === 0 ? bend(random, target) : target;
  return { method: random.below(20) === 0 ? random.pick(["GET", "PUT", "POST", "HEAD", "DELETE", "OPTIONS", "PATCH", "TRACE"]) : usual, target: bent };
}

function bend(random: Random, target: string): string {
  const at = random.below(target.length + 1);
  const wedge = random.pick(["/", "//", "/..", "%2f", "%2e%2e", "%", "%zz", "?", "?a=b/../c", "#", ";", "%00", "%c0%ae", "\u00ff", "/../../../x"]);
  return `${target.slice(0, at)}${wedge}${target.slice(at + random.below(2))}`;
}

const plainHeaders = [
  ["content-disposition", "attachment;filename=a.xml"],
  ["content-type", "application/xml"],
] as const;

/** Headers that the parser of an upload reads, as Node would give them. */
export function drawUploadHeaders(random: Random): IncomingHttpHeaders {
  const headers: Record<string, string> = Object.fromEntries(plainHeaders);
  for (let times = random.below(4); times > 0; times--) {
    const name = random.pick(headerNames);
    headers[name] = drawHeader(random, name);
  }
  return headers;
}

const headerNames = [
  "content-disposition",
  "content-disposition",
  "content-type",
  "content-length",
  "host",
  digestTrailer,
  offsetHeader,
  packedContentType,
  partDigestHeader,
  problemHeader,
  problemHeader,
  collectedHeader,
  folderHeader,
] as const;

function drawHeader(random: Random, name: (typeof headerNames)[number]): string {
  const text = drawText(random);
  const encoded = encodeURIComponent(text.toWellFormed());
  if (random.below(8) === 0) return text;
  if (name === "content-disposition")
    return random.pick([
      `attachment;filename="${text}"`,
      `attachment;filename=${text}`,
      `filename*=UTF-8''${encoded}`,
      `filename*=utf-8''${text}`,
      "attachment",
    ]);
  if (name === "content-type") return random.pick([packedContentType, "application/gzip", "application/x-gzip;x=y", "APPLICATION/GZIP", "text/html"]);
  if (name === problemHeader) return random.pick([`result-missing; ${encoded}`, `x; ${text}`, "result-unreadable;", `${text}; y`]);
  if (name === collectedHeader || name === folderHeader) return random.pick(["true", "false", "TRUE", "1"]);
  if (name === offsetHeader || name === "content-length") return random.pick(["0", "1", "12", "-1", "1e3", "0x10", " 5", "999999999999999", "9".repeat(30)]);
  if (name === "host") return random.pick([tunnelHost, "127.0.0.1:1", "[::1]", text]);
  return random.pick(["0".repeat(64), "A".repeat(64), text]);
}
