/** A plugin's own program: gives the result files, and leaves writing them to plugins/main.ts. */
export type PluginProgram = (environment: PluginEnvironment) => Promise<readonly ResultFile[]>;

export type ResultFile = { readonly name: string; readonly content: string };

export type PluginEnvironment = {
  /** Where results are to be written; a volume of the pod. */
  readonly resultsDir: string;
  /** The container's environment. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Aborted when the pod is to end; what is known by then is still a result. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Tells people how far it is; never throws and is never waited for. */
  readonly report: (progress: ProgressUpdate) => void;
};

/** Sonobuoy's progress message; `completed` counts what did not fail. */
export type ProgressUpdate = {
  readonly msg: string;
  readonly total: number;
  readonly completed: number;
  readonly failures: readonly string[];
};
