import * as z from "zod";
import { snapshotOptionsSchema } from "./snapshot-options.ts";

/** A question that brought no answer; `code` is the HTTP status, 0 where none came, `resource` as RBAC names it (`deployments.apps`, `nodes/proxy`, or a path). */
const failure = z.object({
  verb: z.string(),
  resource: z.string(),
  /** Empty: all namespaces, or none. */
  namespace: z.string(),
  name: z.string().optional(),
  code: z.number(),
  reason: z.string(),
  message: z.string(),
  /** Where a list of all namespaces was refused: in how many of those that are known it was read instead, and the first of their names. */
  instead: z.object({ namespaces: z.array(z.string()), count: z.number(), known: z.number() }).optional(),
});
export type SnapshotFailure = z.infer<typeof failure>;

/** Something that could have been read and was not, or not whole: by a limit, or because asking on made no sense. `count` of what `what` names. */
const omission = z.object({ what: z.string(), why: z.string(), count: z.number() });
export type SnapshotOmission = z.infer<typeof omission>;

/** meta/snapshot.json: what a snapshot holds, what it does not hold and why, and what it cost. */
export const snapshotCoverageSchema = z.object({
  /** ISO 8601. */
  startedAt: z.string(),
  finishedAt: z.string(),
  redacted: z.boolean(),
  /** Kinds of which something could be listed, their objects in the snapshot, and logs. */
  kinds: z.number(),
  objects: z.number(),
  logs: z.number(),
  /** Sent, with those sent again; and bytes as they came over the wire and as they were written. */
  requests: z.number(),
  receivedBytes: z.number(),
  writtenBytes: z.number(),
  /** How often the server said 429, and how long in milliseconds requests waited for that or for our own rate. */
  throttled: z.number(),
  waitedMilliseconds: z.number(),
  /** A thousand at most, sorted by verb, namespace, resource and name; `failureCount` is all. */
  failures: z.array(failure),
  failureCount: z.number(),
  omissions: z.array(omission),
  options: snapshotOptionsSchema,
});
export type SnapshotCoverage = z.infer<typeof snapshotCoverageSchema>;
