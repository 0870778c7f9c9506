import type { Problem } from "../../core/contract/run-status.ts";
import type { Leak } from "../../core/redaction/verify-archive.ts";

const shownLeaks = 5;

/** What a person must know of a tarball in which secrets were found after all: where and by which rule, never what. */
export function leakNote(leaks: readonly Leak[]): Problem | undefined {
  if (leaks.length === 0) return undefined;
  const shown = leaks.slice(0, shownLeaks).map(({ file, rule, count }) => `${file} (${rule}${count > 1 ? `, ${count} times` : ""})`);
  const more = leaks.length > shownLeaks ? `, and ${leaks.length - shownLeaks} more` : "";
  return {
    plugin: "",
    node: "",
    code: "redaction-leak",
    message: `Not all secrets could be hidden: the search of the whole tarball still found some in ${shown.join(", ")}${more}`,
    hint: "Don't hand the tarball on as it is: `asdic redact FILE` searches all of it once more. meta/redaction.json names every place.",
  };
}
