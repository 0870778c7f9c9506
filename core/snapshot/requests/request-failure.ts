import { isKnownError } from "../../contract/known-error.ts";
import type { SnapshotFailure } from "../../contract/snapshot-coverage.ts";
import { field, text } from "../../kubernetes/field.ts";
import { UntrustedKubelet } from "../../cluster/fetch-kubelet.ts";
import { oneLine } from "../../cluster/one-line.ts";
import { parseJson } from "../parse-json.ts";

/** A request that brought nothing: what coverage says of it but for what was asked; `body` is the start of the answer. */
export class RequestFailure extends Error {
  readonly code: number;
  readonly reason: string;
  readonly body: string;
  override readonly name = "RequestFailure";

  constructor({ code, reason, message, body = "" }: Pick<SnapshotFailure, "code" | "reason" | "message"> & { readonly body?: string }) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.body = body;
  }
}

/** An answer of the API server, or of what stands before it, that is not the one asked for; `body` is its start. */
export function answerFailure(code: number, body: string): RequestFailure {
  const status = parseJson(body);
  return new RequestFailure({
    code,
    reason: oneLine(text(field(status, "reason")), 60) || (reasons[code] ?? `Status${code}`),
    message: oneLine(text(field(status, "message")) || (body.trimStart().startsWith("<") ? "" : body), 400) || `HTTP status ${code}`,
    body,
  });
}

/** Whatever else was thrown while something was read: no connection, a broken one, too long a wait. */
export function readingFailure(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) return error;
  const isTimeout = error instanceof Error && error.name === "TimeoutError";
  const isUntrusted = error instanceof UntrustedKubelet;
  const reason = isTimeout
    ? "TimedOut"
    : isUntrusted
      ? "Untrusted"
      : isKnownError(error) && error.code === "credentials-expired"
        ? "Unauthorized"
        : "Unreachable";
  return new RequestFailure({
    code: 0,
    reason,
    message: isTimeout ? "no answer in time" : oneLine(error instanceof Error ? error.message : String(error), 400),
  });
}

const reasons: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  410: "Expired",
  429: "TooManyRequests",
  500: "InternalError",
  502: "BadGateway",
  503: "ServiceUnavailable",
  504: "Timeout",
};
