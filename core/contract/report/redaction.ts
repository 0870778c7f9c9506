import * as z from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";

/** Whether secrets were taken out of the tarball; none: it doesn't say so, off: it was asked not to. Counts by rule, never a value. */
export const redactionSchema = z.object({
  state: z.enum(["none", "on", "off"]),
  privacy: z.enum(["off", "standard", "high"]).exactOptional(),
  totals: z.record(z.string(), z.number()),
  /** Files that were left out because they could not be redacted, and files left as they are because they must stay to the letter. */
  dropped: z.number(),
  kept: z.number(),
});
export type Redaction = DeepReadonly<z.infer<typeof redactionSchema>>;
