import { createTally } from "../../core/redaction/tally.ts";
import { redactFile } from "../../core/redaction/files/redact-file.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { leakedSecrets } from "./leaked-secrets.ts";
import type { CorpusCase } from "./read-corpus.ts";

/** How many of the secrets were hidden, and which cases have one left; of harmless cases, how many stayed to the byte, and which did not. */
export type Measure = { readonly all: number; readonly good: number; readonly bad: readonly string[] };

/** Redacts all cases and looks at what is left; a file that was left out whole counts as bad. */
export async function measure(redactor: Redactor, cases: readonly CorpusCase[]): Promise<Measure> {
  let [all, good] = [0, 0];
  const bad: string[] = [];
  for (const { family, id, name, content, secrets } of cases) {
    const tally = createTally();
    const clean = (await redactFile(redactor, { name, content: Buffer.from(content) }, tally)).toString();
    const left = secrets.length === 0 ? Number(clean !== content) : tally.dropped.length > 0 ? secrets.length : leakedSecrets(secrets, clean).length;
    const asked = Math.max(1, secrets.length);
    all += asked;
    good += asked - left;
    if (left > 0) bad.push(`${family}/${id}`);
  }
  return { all, good, bad };
}
