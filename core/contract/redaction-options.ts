import * as z from "zod";
import { privacyLevels } from "./privacy-levels.ts";

/** What is hidden in a run; false: nothing. `rules` is the text of a file of the user's own. */
export const redactionOptionsSchema = z.union([z.literal(false), z.object({ privacy: z.enum(privacyLevels), rules: z.string().optional() })]);
export type RedactionOptions = z.infer<typeof redactionOptionsSchema>;
