import { redactFile } from "../../../core/redaction/files/redact-file.ts";
import type { Redactor } from "../../../core/redaction/redactor.ts";
import { createTally } from "../../../core/redaction/tally.ts";
import type { UnseenCase } from "./generate-unseen.ts";
import { isReadable, readViews } from "./read-views.ts";

/** What became of one file: secrets that can still be read, harmless text that is gone, and whether all of the file was left out. */
export type Outcome = { readonly made: UnseenCase; readonly leaked: readonly string[]; readonly touched: readonly string[]; readonly dropped: boolean; readonly output: Buffer };

/** Redacts each file and looks for its secrets and for what must stay, in every way a person could read them. */
export async function measureUnseen(redactor: Redactor, cases: readonly UnseenCase[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const made of cases) {
    const tally = createTally();
    const output = await redactFile(redactor, made, tally);
    const views = readViews(output);
    const leaked = made.secrets.filter((secret) => isReadable(secret, views));
    const touched = made.mustStay.filter((text) => !views.some((view) => view.includes(text)));
    outcomes.push({ made, leaked, touched, dropped: tally.dropped.length > 0, output });
  }
  return outcomes;
}
