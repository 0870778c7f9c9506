import { createIdentities } from "../../../core/redaction/identities/identities.ts";
import type { Privacy } from "../../../core/redaction/identities/identities.ts";
import { redactFile } from "../../../core/redaction/files/redact-file.ts";
import type { Redactor } from "../../../core/redaction/redactor.ts";
import { createRedactor } from "../../../core/redaction/redactor.ts";
import type { Tally } from "../../../core/redaction/tally.ts";
import { createTally } from "../../../core/redaction/tally.ts";

/** What became of a file: its new text and bytes, and what was counted. */
export type Redacted = { readonly text: string; readonly bytes: Buffer; readonly tally: Tally };

/** A redactor for tests, with a key that is always the same. */
export const testRedactor = (privacy?: Privacy): Redactor =>
  createRedactor(privacy === undefined ? {} : { identities: createIdentities(privacy, Buffer.alloc(32, 7)) });

/** A file after redaction, by name and content. */
export async function redact(name: string, content: string | Buffer, redactor: Redactor = testRedactor()): Promise<Redacted> {
  const tally = createTally();
  const bytes = await redactFile(redactor, { name, content: Buffer.from(content) }, tally);
  return { text: bytes.toString(), bytes, tally };
}
