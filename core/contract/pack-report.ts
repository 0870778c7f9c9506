import * as z from "zod";

/** Longer names are none of a file's in a tarball. */
const longestName = 4096;

/**
 * What a worker says it has hidden in the files of its pack, by their paths in the tarball: how often each rule found something, why a file was left out,
 * and whether it was only looked at. Never a value.
 */
export const packReportSchema = z.array(
  z.object({
    name: z.string().max(longestName),
    counts: z.record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/), z.int().positive()),
    dropped: z.array(z.string().max(500)),
    isKept: z.boolean(),
  }),
);
export type PackReport = z.infer<typeof packReportSchema>;
