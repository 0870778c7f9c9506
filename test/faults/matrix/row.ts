import type { JsonObject } from "../../../core/contract/json.ts";
import type { PluginFile } from "../plugin-files.ts";
import type { Stage } from "../stage.ts";

/** One cause, made on purpose, and what must be said of it. */
export type Row = {
  /** Of the cause; the plugin that suffers it has the same name. */
  readonly code: string;
  /** "failed" where a part was collected. */
  readonly state: "failed" | "lost" | "timed-out";
  /** What differs from a Job that does nothing; undefined where the scene's slow DaemonSet plugin suffers it. */
  readonly plugin: Omit<PluginFile, "name"> | undefined;
  /** The seconds that it must last, from the plugin's start or from what `provoke` does; where the cause's own grace is not a number, or is cut short by a result. */
  readonly grace?: number;
  /** Of what must come to pass before that: an image that is tried, a container that is made. */
  readonly before?: number;
  readonly sentence: RegExp;
  /** Found in the evidence as JSON. */
  readonly evidence: RegExp;
  /** What is in the tarball all the same: a file's text by its name. */
  readonly collected?: { readonly [file: string]: string };
  /** Breaks something once the run has come so far; gives the node whose result it costs, where that is not a Job's. */
  readonly provoke?: (act: Act) => Promise<string | void>;
};

/** Where a row's fault is made. */
export type Act = { readonly stage: Stage; readonly namespace: string; readonly plugin: string; readonly signal: AbortSignal };

/** A run in which several causes come to pass. */
export type Scene = {
  readonly name: string;
  /** The run's nodes, by label `scene`. */
  readonly nodes: string;
  readonly flags?: readonly string[];
  /** Objects that are there before the run; NAMESPACE stands for its namespace. */
  readonly objects?: readonly JsonObject[];
  readonly rows: readonly Row[];
  /** Plugins beside the healthy ones and those of the rows. */
  readonly also?: readonly PluginFile[];
};
