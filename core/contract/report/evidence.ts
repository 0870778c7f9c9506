import * as z from "zod";

/** One kind of fact behind a statement; a line may hold line ends where it is the end of a log. */
export const evidencePartSchema = z.object({ label: z.string(), lines: z.array(z.string()) });
