import { redactFile } from "../../../core/redaction/files/redact-file.ts";
import type { Redactor } from "../../../core/redaction/redactor.ts";
import { createTally } from "../../../core/redaction/tally.ts";
import type { UnseenCase } from "./generate-unseen.ts";
import { isReadable, readViews } from "./read-views.ts";

/** What became of a file: secrets that can still be read, lines that are gone though harmless, and whether it was left out whole. */
export type Judgement = { readonly leaked: readonly string[]; readonly touched: readonly string[]; readonly dropped: boolean };

/** Redacts a file and looks for its secrets and for what must stay, in every way a person could read them. */
export async function judgeCase(redactor: Redactor, { name, content, secrets, mustStay }: UnseenCase): Promise<Judgement> {
  const tally = createTally();
  const views = readViews(await redactFile(redactor, { name, content }, tally));
  return {
    leaked: secrets.filter((secret) => isReadable(secret, views)),
    touched: mustStay.filter((text) => !views.some((view) => view.includes(text))),
    dropped: tally.dropped.length > 0,
  };
}
