import * as z from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";

/**
 * Nodes by plugins. `states` of a row has an entry for each of `plugins`, in their order: a status of the result tree where the result came, else its state,
 * and "" where none was expected. A row is one node, and above 5,000 nodes all nodes with the same states, of which `nodes` has the first twenty.
 */
export const matrixSchema = z.object({
  plugins: z.array(z.string()),
  grouped: z.boolean(),
  rows: z.array(z.object({ nodes: z.array(z.string()), count: z.number(), states: z.array(z.string()) })),
});
export type Matrix = DeepReadonly<z.infer<typeof matrixSchema>>;
