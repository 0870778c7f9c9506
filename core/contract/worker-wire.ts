import * as z from "zod";
import { privacyLevels } from "./privacy-levels.ts";

/**
 * What the worker and the aggregator say to each other (HTTPS, TLS pinned to the run's CA, `Authorization: Bearer` with the
 * worker's projected token). Results and progress keep Sonobuoy's paths.
 */
export const wirePaths = {
  /** POST pollRequest → pollAnswer. Held open by the aggregator until there is something to say, `pollHoldSeconds` at most. */
  poll: "/asdic/v1/poll",
  /** PUT the bytes of a result, or the rest of them. HEAD tells what is there of an upload that broke off. */
  result: (plugin: string, node: string): string =>
    node === "global"
      ? `/api/v1/results/global/${encodeURIComponent(plugin)}`
      : `/api/v1/results/by-node/${encodeURIComponent(node)}/${encodeURIComponent(plugin)}`,
  /** POST progress, as the plugin sent it. */
  progress: (plugin: string, node: string): string =>
    node === "global"
      ? `/api/v1/progress/global/${encodeURIComponent(plugin)}`
      : `/api/v1/progress/by-node/${encodeURIComponent(node)}/${encodeURIComponent(plugin)}`,
  /** GET a tar of a plugin's results, each file as <node>/<its path>; only for workers of a plugin that needs it. 503 while it has not ended. */
  inputs: (plugin: string): string => `${inputsPath}/${encodeURIComponent(plugin)}`,
  /**
   * People's requests, with the run token: GET status as JSON, by pages with `?limit=N` and then `&after=` what the page before had as `next`; GET the
   * tarball (Range, ETag).
   */
  status: "/asdic/v1/status",
  tarball: "/asdic/v1/tarball",
  /** GET redactionAnswer: what a worker is to hide besides what every worker hides. */
  redaction: "/asdic/v1/redaction",
  health: "/healthz",
} as const;

/** Of the plugins whose results others need. */
export const inputsPath = "/asdic/v1/inputs";

export const pollHoldSeconds = 20;

/**
 * Where the pod network does not carry a worker's connections, the aggregator runs a command in the worker's container that brings it a connection, over
 * which the worker speaks TLS as everywhere. By this name, in Host, the aggregator knows what came to it that way.
 */
export const tunnelHost = "asdic-exec";

/** Header of an upload: the SHA-256 of its bytes in hex; sent as an HTTP trailer, because it is known only at the end. */
export const digestTrailer = "x-asdic-sha256";

/** Header of an upload: at which byte of the result its body begins, where that is not the first. Of the answer to HEAD: how many bytes are there. */
export const offsetHeader = "x-asdic-offset";

/** Header of the answer to HEAD: the SHA-256 of the bytes that are there, in hex, so that only the same bytes are gone on with. */
export const partDigestHeader = "x-asdic-part-sha256";

/** Header of an upload that is not what the plugin announced: `<code>; <sentence, URI-encoded>`, e.g. `result-missing; …`. */
export const problemHeader = "x-asdic-problem";

/** Header of an upload that no done file announced: `true` when the worker was told to send what there is. */
export const collectedHeader = "x-asdic-collected";

/** Content type of an upload that the worker packed, as core/archive/packed-frame.ts has it: a file without a name, or a folder's files. */
export const packedContentType = "application/vnd.asdic.packed";

/** Content type of a file that is sent as it is, because it may be an archive that the plugin made: its files go into results/<node>/, without itself. */
export const archiveContentType = "application/gzip";

/** Header of an upload that is a packed folder ("true"): its files go into results/<node>/ under their own names. */
export const folderHeader = "x-asdic-folder";

export const pollRequestSchema = z.object({
  /**
   * waiting: no done file yet; settling: seen, not yet read; uploading: reading and sending; delivered: an aggregator has taken the result, and
   * the worker keeps it until the tarball is sealed, in case that aggregator is lost (design D5).
   */
  state: z.enum(["waiting", "settling", "uploading", "delivered"]),
  /** false: answer at once (start-up, clock). */
  hold: z.boolean(),
});
export type PollRequest = z.infer<typeof pollRequestSchema>;

export const pollAnswerSchema = z.object({
  /**
   * wait: nothing new, ask again. collect: everything that could write has ended, send what there is now (a done file still
   * decides what, else the whole results folder); to a worker that has delivered: this aggregator hasn't got it, send it again.
   * leave: the result is not wanted any more, or is in the tarball; exit.
   */
  instruction: z.enum(["wait", "collect", "leave"]),
  /** How long a worker is to wait before it asks again, where its poll is not held: it has delivered, or the aggregator holds as many as it can. */
  pauseSeconds: z.number().optional(),
  /** The aggregator's clock, ISO 8601 with milliseconds. */
  time: z.string(),
});
export type PollAnswer = z.infer<typeof pollAnswerSchema>;

/** The worker's settings, as JSON in its environment variable ASDIC_WORKER. */
export const workerSettingsSchema = z.object({
  /** Base addresses of the aggregator, tried in order, e.g. https://10.96.1.2:8080 (Service), https://10.244.0.7:8080 (pod). */
  aggregatorUrls: z.array(z.string()).min(1),
  /** PEM. */
  ca: z.string(),
  tokenFile: z.string(),
  plugin: z.string(),
  /** Node name, or "global". */
  node: z.string(),
  resultsDir: z.string(),
  progressPort: z.number(),
  /** How long a done file must stay before it is read. */
  settleSeconds: z.number(),
  /** Whether the worker ends once its result is accepted; else it stays to send it to another aggregator, if this one is lost. */
  leaves: z.boolean().optional(),
  /** What of a result is hidden before it is sent: nothing, what asdic's own rules find, or what the aggregator says when it is asked. */
  redaction: z.enum(["nothing", "built-in", "asked-for"]).default("built-in"),
  /** From the worker's start; what has not been sent by then is given up. */
  deadlineSeconds: z.number(),
});
export type WorkerSettings = z.infer<typeof workerSettingsSchema>;

/** `key` in hexadecimal digits, where names become tokens, and the names of nodes. It stands in no object, file or log. */
export const redactionAnswerSchema = z.object({
  privacy: z.enum(privacyLevels),
  rules: z.string().optional(),
  key: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  knownNames: z.array(z.string()),
});
export type RedactionAnswer = z.infer<typeof redactionAnswerSchema>;

/** Answer of GET http://localhost:8099/clock, which the worker offers beside /progress. Offset = aggregator − here. */
export const clockSchema = z.object({ aggregatorTime: z.string(), offsetMilliseconds: z.number(), roundTripMilliseconds: z.number() });
export type Clock = z.infer<typeof clockSchema>;
