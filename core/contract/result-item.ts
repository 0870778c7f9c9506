import * as z from "zod";

/**
 * A node of a result tree, as in Sonobuoy's sonobuoy_results.yaml: plugin → [node] → file → suite → test.
 * `details` of a test may hold: failure, error, system-out, system-err (text), duration (seconds), classname, skipped (reason).
 */
export type ResultItem = {
  readonly name: string;
  /** passed, failed, skipped, timeout, unknown, or a plugin's own word. */
  readonly status: string;
  readonly meta?: { readonly [key: string]: string };
  readonly details?: { readonly [key: string]: unknown };
  readonly items?: readonly ResultItem[];
};

/** Accepts what Sonobuoy and people write: status may be missing (""), null lists and maps are empty. */
export const resultItemSchema: z.ZodType<ResultItem> = z.lazy(() =>
  z
    .object({
      name: z.coerce.string().default(""),
      status: z.coerce.string().default(""),
      meta: z.record(z.string(), z.coerce.string()).nullish(),
      details: z.record(z.string(), z.unknown()).nullish(),
      items: z.array(resultItemSchema).nullish(),
    })
    .transform(({ name, status, meta, details, items }) => ({
      name,
      status,
      ...(meta ? { meta } : {}),
      ...(details ? { details } : {}),
      ...(items ? { items } : {}),
    })),
);

/** Statuses with a fixed meaning; any other word is a plugin's own. */
const builtInStatuses: readonly string[] = ["passed", "failed", "skipped", "timeout", "unknown", ""];
export const isBuiltInStatus = (status: string): boolean => builtInStatuses.includes(status);

/** Whether an item has nothing below it, so that it counts. */
export const isLeaf = (item: ResultItem): boolean => item.items === undefined || item.items.length === 0;
