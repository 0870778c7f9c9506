import { KnownError } from "../../../core/contract/known-error.ts";
import type { ConformanceTests } from "../../../plugins/conformance/definition.ts";
import { longestPattern, quoteName } from "../../../plugins/conformance/go-pattern.ts";

/**
 * The tests with these names, and none skipped. KnownError when their names are more than the suite can be told, or when some would be left out because they
 * are to run at the same time as others.
 */
export function buildRerunTests(file: string, names: readonly string[], parallel: boolean | undefined): ConformanceTests {
  const focus = names.map(quoteName).join("|");
  if (Buffer.byteLength(focus) > longestPattern)
    throw new KnownError(
      "invalid-file",
      `--rerun-failed ${file}: the names of the ${names.length} failed tests have ${Math.ceil(focus.length / 1024)} KiB, and the suite can be told 128 KiB at most.`,
      { hint: "Run the whole mode again, or a part of it with --e2e-focus, e.g. '\\[sig-network\\]'." },
    );
  const serial = names.filter((name) => name.includes("[Serial]")).length;
  if (parallel === true && serial > 0)
    throw new KnownError(
      "wrong-usage",
      `--e2e-parallel and --rerun-failed ${file}: ${serial} of the failed tests are [Serial], and the suite leaves those out when tests run at the same time.`,
      {
        hint: "Leave out --e2e-parallel.",
      },
    );
  return { focus, skip: "", parallel: parallel === true };
}
