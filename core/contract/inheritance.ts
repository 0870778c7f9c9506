import * as z from "zod";

/** That a run's tarball is made: `at` ISO 8601, `size` in bytes, `sha256` in hex, `holder` the pod that has it. In annotation asdic.dev/sealed. */
export const sealedMarkSchema = z.object({ sha256: z.string(), size: z.number(), at: z.string(), outcome: z.string(), holder: z.string() });
export type SealedMark = z.infer<typeof sealedMarkSchema>;

/**
 * Results whose pods were removed before the tarball was sealed, so that only their aggregator knows of them; `code` is of what kept one from
 * coming, none where it had come. As base64 of gzipped JSON in annotation asdic.dev/retired.
 */
export const retiredResultsSchema = z.array(z.object({ plugin: z.string(), node: z.string(), code: z.string().optional() }));
export type RetiredResult = z.infer<typeof retiredResultsSchema>[number];

/** Nodes by plugin of whom a result is expected, as base64 of gzipped JSON in annotation asdic.dev/expected. */
export const expectedNodesSchema = z.record(z.string(), z.array(z.string()));
export type ExpectedNodes = z.infer<typeof expectedNodesSchema>;
