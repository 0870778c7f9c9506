import type { Redactor } from "../redactor.ts";
import type { Tally } from "../tally.ts";
import { addTally, createTally } from "../tally.ts";
import type { NamedContent } from "./named-content.ts";
import { redactFile } from "./redact-file.ts";
import { renderPlaceholder } from "./render-placeholder.ts";

/** What was redacted, looked at until nothing more is found; a placeholder where that does not end. Names are tokens by now, so only secrets are looked for. */
export async function lookAgain(redactor: Redactor, { name, content }: NamedContent, tally: Tally): Promise<Buffer> {
  const secretsOnly: Redactor = { ...redactor, userRules: withoutFiles(redactor), identities: undefined, clean: new Set() };
  let current = content;
  for (let look = 0; look < 3; look++) {
    const found = createTally();
    const next = await redactFile(secretsOnly, { name, content: current }, found);
    if (next === current) return current;
    addTally(tally, found);
    current = next;
  }
  const why = "a second look still found secrets in it";
  tally.dropped.push(why);
  return renderPlaceholder(name, why);
}

/** A file that a rule of the user's leaves out is a placeholder by now, and is not to be left out again. */
const withoutFiles = ({ userRules }: Redactor): Redactor["userRules"] => userRules && { ...userRules, files: [] };
