import type { Problem } from "../../core/contract/run-status.ts";

/** What a person must know before handing on a tarball with a snapshot of the whole cluster. */
export const unredacted: Problem = {
  plugin: "",
  node: "",
  code: "unredacted",
  message: "The tarball holds the whole cluster's objects and logs as they are, and nothing in them is redacted",
  hint: "Look for passwords in environment variables, ConfigMaps and logs before you hand it on.",
};
