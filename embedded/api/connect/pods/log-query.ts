import type { LogOptions } from "../../../nodes/node-agent.ts";
import type { FieldCause } from "../../status-error.ts";
import { badRequest, StatusError } from "../../status-error.ts";
import { parseFlag, parseWhole } from "./query-values.ts";

/** What a query asks of a log, but for the container. */
export type LogQuery = Omit<LogOptions, "container" | "signal">;

/** A log request's query; throws the API server's BadRequest for what can't be read and Invalid, of the made-up kind PodLogOptions, for what makes no sense. */
export function parseLogQuery(query: URLSearchParams, podName: string): LogQuery {
  const [tailLines, limitBytes, sinceSeconds] = [parseWhole(query, "tailLines"), parseWhole(query, "limitBytes"), parseWhole(query, "sinceSeconds")];
  const sinceTime = parseTime(query.get("sinceTime"));
  const causes = [
    ...(query.has("stream") ? [forbiddenField("stream", "may not be specified")] : []),
    ...atLeast("tailLines", 0, tailLines),
    ...atLeast("limitBytes", 1, limitBytes),
    ...(sinceSeconds !== undefined && sinceTime !== undefined
      ? [forbiddenField("[]", "at most one of `sinceTime` or `sinceSeconds` may be specified")]
      : atLeast("sinceSeconds", 1, sinceSeconds)),
  ];
  if (causes.length > 0) throw invalidOptions(podName, causes);
  return {
    follow: parseFlag(query, "follow"),
    previous: parseFlag(query, "previous"),
    timestamps: parseFlag(query, "timestamps"),
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

const atLeast = (name: string, least: 0 | 1, value: number | undefined): readonly FieldCause[] =>
  value === undefined || value >= least
    ? []
    : [
        {
          reason: "FieldValueInvalid",
          message: `Invalid value: ${value}: must be greater than ${least === 0 ? "or equal to 0" : "0"}`,
          field: name,
        },
      ];

const forbiddenField = (name: string, why: string): FieldCause => ({ reason: "FieldValueForbidden", message: `Forbidden: ${why}`, field: name });

function invalidOptions(podName: string, causes: readonly FieldCause[]): StatusError {
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  return new StatusError({
    code: 422,
    reason: "Invalid",
    message: `PodLogOptions ${JSON.stringify(podName)} is invalid: ${texts.length === 1 ? texts.join("") : `[${texts.join(", ")}]`}`,
    details: { name: podName, kind: "PodLogOptions", causes },
  });
}
