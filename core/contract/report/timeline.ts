import * as z from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";

/** When results came, in the order of their ends; `start` only where it is known. The first five thousand; `beyond` is how many more there are. */
export const timelineSchema = z.object({
  startedAt: z.string().exactOptional(),
  finishedAt: z.string().exactOptional(),
  spans: z.array(
    z.object({
      plugin: z.string(),
      /** "global" for Job plugins. */
      node: z.string(),
      state: z.string(),
      start: z.string().exactOptional(),
      end: z.string(),
    }),
  ),
  beyond: z.number(),
});
export type Timeline = DeepReadonly<z.infer<typeof timelineSchema>>;
