import { KnownError } from "../../../core/contract/known-error.ts";
import type { SnapshotCoverage } from "../../../core/contract/snapshot-coverage.ts";
import { readTarball } from "../../../reports/read-tarball.ts";
import type { CommandContext } from "../../command-context.ts";
import { openSnapshot } from "../../offline/open-snapshot.ts";
import { printUntrusted } from "../../offline/print-untrusted.ts";
import { fitText } from "../../terminal/safe-text.ts";
import { chooseContainer } from "./choose-container.ts";
import { findContainer, findLogs } from "./find-log.ts";
import type { StoredLogRequest } from "./parse-stored-request.ts";
import { resolvePod } from "./resolve-pod.ts";
import { readStoredLines } from "./read-stored-lines.ts";

/** Prints one container's log of the tarball at `path`, and on the error output what of it is not there; KnownError "wrong-usage" where there is none. */
export async function showStoredLog({ output, signal }: Pick<CommandContext, "output" | "signal">, path: string, typed: StoredLogRequest): Promise<void> {
  const snapshot = await openSnapshot(path, typed);
  const say = (text: string): void => output.err(`${fitText(text)}\n`);
  const { of, ...place } = await resolvePod(snapshot, typed.pod, typed.namespace);
  const request = { ...typed, ...place };
  if (of > 1) say(`Of pod ${place.pod}, the first of ${of} that ${typed.pod} has logs of.`);
  const found = findLogs(snapshot, request);
  const hasStamps = snapshot.coverage?.options.logs?.timestamps === true;
  if (request.timestamps && !hasStamps)
    throw new KnownError("wrong-usage", `--timestamps: ${path} holds logs without their lines' times.`, {
      hint: "Leave it out, or take a snapshot with --log-timestamps.",
    });
  const container = request.container ?? (await chooseContainer(snapshot, request.pod, found));
  if (request.container === undefined && found.logs.length > 1)
    say(
      `Of container ${container}; the others are: ${found.logs
        .map((log) => log.container)
        .filter((name) => name !== container)
        .join(", ")}.`,
    );
  const log = findContainer(snapshot, found.logs, { ...request, container });
  const lines = { tailLines: request.tailLines, hasStamps, showsStamps: request.timestamps };
  await readTarball({ asItIs: path }, async ({ name, open }) => {
    if (name !== log.entry) return "more";
    for await (const some of readStoredLines(await open(), lines, (why) => say(`This log ${why}.`))) {
      signal.throwIfAborted();
      printUntrusted(output, some.map((line) => `${line}\n`).join(""));
      await output.taken?.(signal);
    }
    return "enough";
  });
  for (const limit of describeLimits(snapshot.coverage)) say(limit);
}

/** What was wanted of each log, where that was not all. */
function describeLimits(coverage: SnapshotCoverage | undefined): readonly string[] {
  const { tailLines, sinceSeconds, sinceTime } = coverage?.options.logs ?? {};
  return [
    ...(tailLines === undefined ? [] : [`The snapshot holds at most the last ${tailLines} lines of each log.`]),
    ...(sinceSeconds === undefined ? [] : [`The snapshot holds only what was said in the last ${sinceSeconds} seconds.`]),
    ...(sinceTime === undefined ? [] : [`The snapshot holds only what was said since ${sinceTime}.`]),
  ];
}
