import * as z from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";

/** What made the tarball, of what, and which tarball it is; times are ISO 8601. */
export const provenanceSchema = z.object({
  tool: z.string(),
  version: z.string().exactOptional(),
  layoutVersion: z.string().exactOptional(),
  command: z.string().exactOptional(),
  /** 16 hex digits of the SHA-256 of the uid of the namespace kube-system: the same for every run on a cluster. */
  clusterId: z.string().exactOptional(),
  serverVersion: z.string().exactOptional(),
  tarballSha256: z.string().exactOptional(),
  tarballBytes: z.number().exactOptional(),
  startedAt: z.string().exactOptional(),
  finishedAt: z.string().exactOptional(),
  plugins: z.array(z.object({ name: z.string(), image: z.string().exactOptional() })),
});
export type Provenance = DeepReadonly<z.infer<typeof provenanceSchema>>;
