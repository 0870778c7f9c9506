import * as z from "zod";

/** Text that people wrote; bounded, since it is shown beside each finding that it waives. */
const sentence = (most: number): z.ZodString => z.string({ error: "must be text" }).trim().min(1, "is empty").max(most, `is longer than ${most} characters`);

/** Matches a whole word or name; `*` stands for anything. */
const glob = sentence(1000);

/** What a finding must be about; each is a glob, and all that are named must fit. */
export const selectorSchema = z
  .strictObject({ kind: glob.exactOptional(), namespace: glob.optional(), name: glob.optional(), node: glob.optional(), plugin: glob.optional() })
  .refine((selector) => Object.keys(selector).length > 0, "names nothing; leave it out, or say kind, namespace, name, node or plugin");

/** One accepted finding, or all that `id` and `object` fit; until the end of the day `expires` (UTC). */
const waiverSchema = z
  .strictObject({
    id: glob.exactOptional(),
    fingerprint: z.stringFormat("fingerprint", /^[0-9a-f]{16}$/, { error: "must be 16 hexadecimal digits in quotes" }).exactOptional(),
    object: selectorSchema.exactOptional(),
    reason: sentence(2000),
    owner: sentence(200),
    expires: z.iso.date({ error: "must be a day of the calendar such as 2027-01-31" }),
  })
  .refine(({ id, fingerprint }) => id !== undefined || fingerprint !== undefined, "says neither id nor fingerprint, so it could waive anything");

/** The file that --waivers names. */
export const waiverFileSchema = z.strictObject({ waivers: z.array(waiverSchema, { error: "must be a list" }).max(10_000) });

export type Waiver = z.infer<typeof waiverSchema>;
export type ObjectSelector = z.infer<typeof selectorSchema>;
