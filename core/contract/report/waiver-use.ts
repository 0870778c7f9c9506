import * as z from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { selectorSchema } from "./waiver-file.ts";

/** A waiver that was given with a report. expired: its day is over, so it waives nothing. unused: there is no finding that it fits. */
export const waiverUseSchema = z.object({
  id: z.string().exactOptional(),
  fingerprint: z.string().exactOptional(),
  object: z.object(selectorSchema.shape).exactOptional(),
  reason: z.string(),
  owner: z.string(),
  expires: z.string(),
  state: z.enum(["active", "expired", "unused"]),
  /** How many findings it fits. */
  findings: z.number(),
});
export type WaiverUse = DeepReadonly<z.infer<typeof waiverUseSchema>>;
