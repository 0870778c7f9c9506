import type { FieldCause } from "../status-error.ts";
import { badRequest, failure, StatusError } from "../status-error.ts";
import { invalidOptions } from "./parse-options.ts";
import { forbidden, notSupported } from "../causes.ts";
import { parseFlag, parseInteger } from "./query-values.ts";

/** The query of a list or a watch. */
export type ListOptions = {
  readonly labelSelector: string;
  readonly fieldSelector: string;
  /** 0: all. */
  readonly limit: number;
  /** A token, empty for the first page. */
  readonly continueFrom: string;
  /** Undefined: the newest; 0: any. */
  readonly revision: number | undefined;
  readonly exact: boolean;
  readonly timeoutSeconds: number | undefined;
  readonly bookmarks: boolean;
  /** Undefined where the client does not say. */
  readonly initialEvents: boolean | undefined;
};

/** Throws StatusError 400 for what can't be read, 422 for what contradicts itself, 504 for a revision that is yet to come (a watch may wait for it). */
export function parseListOptions(query: URLSearchParams, isWatch: boolean, newest: number): ListOptions {
  const limit = parseInteger(query.get("limit")) ?? 0;
  const timeoutSeconds = parseInteger(query.get("timeoutSeconds"));
  const text = query.get("resourceVersion") ?? "";
  const match = query.get("resourceVersionMatch") ?? "";
  const initial = query.get("sendInitialEvents");
  const causes = checkOptions({ isWatch, text, match, initial, continueFrom: query.get("continue") ?? "" });
  if (causes.length > 0) throw invalidOptions("ListOptions", causes);
  const revision = parseRevision(text, isWatch);
  if (!isWatch) refuseFuture(revision, newest);
  return {
    labelSelector: query.get("labelSelector") ?? "",
    fieldSelector: query.get("fieldSelector") ?? "",
    limit: Math.max(0, limit),
    continueFrom: query.get("continue") ?? "",
    revision,
    exact: match === "Exact",
    timeoutSeconds,
    bookmarks: parseFlag(query.get("allowWatchBookmarks")),
    initialEvents: initial === null ? undefined : parseFlag(initial),
  };
}

/** Throws StatusError 504 for a revision that nobody has made yet. */
export function refuseFuture(revision: number | undefined, newest: number): void {
  if (revision === undefined || revision <= newest) return;
  throw new StatusError({
    code: 504,
    reason: "Timeout",
    message: `Timeout: Too large resource version: ${revision}, current: ${newest}`,
    details: { causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }], retryAfterSeconds: 1 },
  });
}

/** Throws StatusError: 400, or for watches the 500 that the real server gives. */
export function parseRevision(text: string, isWatch: boolean): number | undefined {
  if (text === "") return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const why = `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`;
  throw isWatch ? failure(why) : badRequest(`invalid resource version: ${why}`);
}

function checkOptions(options: {
  readonly isWatch: boolean;
  readonly text: string;
  readonly match: string;
  readonly initial: string | null;
  readonly continueFrom: string;
}): readonly FieldCause[] {
  const { isWatch, text, match, initial, continueFrom } = options;
  const field = "resourceVersionMatch";
  if (initial !== null) {
    if (!isWatch) return forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
    if (match !== "NotOlderThan") return forbidden(field, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    return [];
  }
  if (match === "") return [];
  if (isWatch) return forbidden(field, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
  const causes: FieldCause[] = [];
  if (text === "") causes.push(...forbidden(field, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
  if (continueFrom !== "") causes.push(...forbidden(field, "resourceVersionMatch is forbidden when continue is provided"));
  if (match !== "Exact" && match !== "NotOlderThan") causes.push(...notSupported(field, match, ["Exact", "NotOlderThan", ""]));
  if (match === "Exact" && text === "0") causes.push(...forbidden(field, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'));
  return causes;
}
