import type { Problem } from "../../core/contract/run-status.ts";

/** What a person must know before handing on a tarball in which nothing was hidden, because somebody said so. */
export const unredacted: Problem = {
  plugin: "",
  node: "",
  code: "unredacted",
  message: "Nothing in the tarball is redacted (--no-redact): it holds what plugins, objects and logs say as it is, with passwords, tokens and keys",
  hint: "`asdic redact FILE` hides them afterwards. Do that before you hand it on.",
};
