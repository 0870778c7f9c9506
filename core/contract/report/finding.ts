import * as z from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { evidencePartSchema } from "./evidence.ts";
import { findingStatuses, severities } from "./finding-words.ts";

const objectSchema = z.object({
  apiVersion: z.string().exactOptional(),
  kind: z.string().exactOptional(),
  namespace: z.string().exactOptional(),
  name: z.string().exactOptional(),
  uid: z.string().exactOptional(),
  /** Kind and name of what made it, e.g. Deployment/web. */
  owner: z.string().exactOptional(),
  node: z.string().exactOptional(),
  container: z.string().exactOptional(),
  /** Inside of the object, or of a file. */
  path: z.string().exactOptional(),
});

const reasonSchema = z.object({
  code: z.string(),
  message: z.string(),
  missing: z.object({ verb: z.string(), resource: z.string(), nodes: z.array(z.string()).exactOptional() }).exactOptional(),
  /** The rules, as YAML, with which it could have been evaluated. */
  role: z.string().exactOptional(),
});

const list = z.array(z.string()).exactOptional();

/** One thing that a report has to say of a cluster or of the run itself, other than that all is well. Texts are bounded and say where they were cut. */
export const findingSchema = z
  .object({
    /** Of the check, the same in every run: a check's id, `test:PLUGIN:SUITE/NAME`, or the code of a cause or a note. */
    id: z.string(),
    /** 16 hex digits of id, plugin, object without what changes from pod to pod, and place; no two in a report are equal, and the same in the next report of the same thing. */
    fingerprint: z.string(),
    status: z.enum(findingStatuses),
    severity: z.enum(severities),
    category: z.string(),
    title: z.string(),
    object: objectSchema.exactOptional(),
    message: z.string(),
    evidence: z.array(evidencePartSchema),
    remediation: z.object({ text: z.string(), command: z.string().exactOptional() }).exactOptional(),
    refs: z.object({ cis: list, stig: list, nsa: list, url: list }).exactOptional(),
    /** "" where it is of the run as a whole. */
    plugin: z.string(),
    scope: z.enum(["node", "cluster"]),
    node: z.string().exactOptional(),
    /** ISO 8601. */
    time: z.string().exactOptional(),
    reasonNotEvaluated: reasonSchema.exactOptional(),
    /** Where in the tarball it is from. */
    file: z.string().exactOptional(),
    waiver: z.object({ reason: z.string(), owner: z.string(), expires: z.string(), state: z.enum(["active", "expired"]) }).exactOptional(),
  })
  .meta({ id: "finding" });

export type Finding = DeepReadonly<z.infer<typeof findingSchema>>;
export type FindingStatus = Finding["status"];
export type Severity = Finding["severity"];
