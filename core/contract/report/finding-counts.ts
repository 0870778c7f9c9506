import * as z from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { findingStatuses, severities } from "./finding-words.ts";

/** All findings, by status, and those that failed or warn by severity; `beyond` of `total` are in the tarball but not in the list. */
export const findingCountsSchema = z.object({
  total: z.number(),
  beyond: z.number(),
  byStatus: z.partialRecord(z.enum(findingStatuses), z.number()),
  bySeverity: z.partialRecord(z.enum(severities), z.number()),
});
export type FindingCounts = DeepReadonly<z.infer<typeof findingCountsSchema>>;
