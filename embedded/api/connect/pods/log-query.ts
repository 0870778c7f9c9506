import type { LogOptions } from "../../../nodes/node-agent.ts";
import { badRequest, invalid } from "../../status-error.ts";
import type { Causes } from "../../causes.ts";
import { forbidden, invalidValue, none } from "../../causes.ts";
import { parseFlag, parseInteger } from "../../http/query-values.ts";

/** What a query asks of a log, but for the container. */
export type LogQuery = Omit<LogOptions, "container" | "signal">;

/** A log request's query; throws the API server's BadRequest for what can't be read and Invalid, of the made-up kind PodLogOptions, for what makes no sense. */
export function parseLogQuery(query: URLSearchParams, podName: string): LogQuery {
  const [tailLines, limitBytes, sinceSeconds] = [
    parseInteger(query.get("tailLines")),
    parseInteger(query.get("limitBytes")),
    parseInteger(query.get("sinceSeconds")),
  ];
  const sinceTime = parseTime(query.get("sinceTime"));
  const causes = [
    ...(query.has("stream") ? forbidden("stream", "may not be specified") : []),
    ...atLeast("tailLines", 0, tailLines),
    ...atLeast("limitBytes", 1, limitBytes),
    ...(sinceSeconds !== undefined && sinceTime !== undefined
      ? forbidden("[]", "at most one of `sinceTime` or `sinceSeconds` may be specified")
      : atLeast("sinceSeconds", 1, sinceSeconds)),
  ];
  if (causes.length > 0) throw invalid({ group: "", kind: "PodLogOptions" }, podName, causes);
  return {
    follow: parseFlag(query.get("follow")),
    previous: parseFlag(query.get("previous")),
    timestamps: parseFlag(query.get("timestamps")),
    ...(tailLines !== undefined && { tailLines }),
    ...(limitBytes !== undefined && { limitBytes }),
    ...(sinceSeconds !== undefined && { sinceSeconds }),
    ...(sinceTime !== undefined && { sinceTime }),
  };
}

function parseTime(value: string | null): string | undefined {
  if (value === null) return undefined;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value.replace(",", ".")))) return value;
  throw badRequest(`parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`);
}

const atLeast = (name: string, least: 0 | 1, value: number | undefined): Causes =>
  value === undefined || value >= least ? none : invalidValue(name, value, `must be greater than ${least === 0 ? "or equal to 0" : "0"}`);
