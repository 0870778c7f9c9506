import type { Problem } from "../../core/contract/run-status.ts";

/** What a person must know before handing on a tarball of a run in which nothing was hidden. */
export const nothingHidden: Problem = {
  plugin: "",
  node: "",
  code: "not-redacted",
  message: "Nothing was hidden in this run, because --no-redact was given: results, objects and logs hold passwords, tokens and keys as they were",
  hint: "`asdic redact` hides them in the tarball before you hand it on.",
};
