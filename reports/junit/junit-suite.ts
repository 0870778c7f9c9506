/** One test case as JUnit has it; `time` in seconds, `file` a path in the tarball. */
export type JunitCase = {
  readonly name: string;
  readonly className: string;
  readonly time?: number;
  readonly file?: string;
  readonly ending: JunitEnding;
  readonly output?: string;
};

export type JunitEnding =
  | { readonly kind: "passed" }
  | { readonly kind: "failure" | "error"; readonly type: string; readonly message: string; readonly text: string }
  /** Open: it should have been evaluated and could not be, which a strict reader takes for an error. */
  | { readonly kind: "skipped"; readonly message: string; readonly isOpen?: true };

/** A suite of them; `package` is the plugin, `hostname` the node, and `place` what leads to it below the plugin. */
export type JunitSuite = {
  readonly name: string;
  readonly package: string;
  readonly place: string;
  readonly hostname?: string;
  readonly time?: number;
  readonly timestamp?: string;
  readonly cases: readonly JunitCase[];
};
