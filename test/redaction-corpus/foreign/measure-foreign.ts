import { redactFile } from "../../../core/redaction/files/redact-file.ts";
import type { Redactor } from "../../../core/redaction/redactor.ts";
import { createTally } from "../../../core/redaction/tally.ts";
import { isReadable, readViews } from "../generated/read-views.ts";
import type { ForeignCase } from "./fill-written.ts";

/** How many secrets, or harmless files, of a family and of all came out as they should; `bad` names the others. */
export type ForeignMeasure = {
  readonly all: number;
  readonly good: number;
  readonly families: ReadonlyMap<string, FamilyCount>;
  readonly bad: readonly string[];
};

type FamilyCount = { readonly all: number; readonly good: number };

/** Redacts the cases: a secret counts as hidden if it cannot be read in any way, a harmless file if no byte changed; of a file that was left out whole nothing is good. */
export async function measureForeign(redactor: Redactor, cases: readonly ForeignCase[]): Promise<ForeignMeasure> {
  const families = new Map<string, FamilyCount>();
  const bad: string[] = [];
  for (const made of cases) {
    const { all, good } = families.get(made.family) ?? { all: 0, good: 0 };
    const asked = Math.max(1, made.secrets.length);
    const wrong = await countWrong(redactor, made);
    families.set(made.family, { all: all + asked, good: good + asked - wrong });
    if (wrong > 0) bad.push(made.id);
  }
  const counts = [...families.values()];
  return { all: sum(counts.map(({ all }) => all)), good: sum(counts.map(({ good }) => good)), families, bad };
}

/** Those of a case's secrets that can be read in a content; one of several lines, if one of them can. */
export function readableSecrets(content: Buffer, secrets: readonly string[]): readonly string[] {
  const views = readViews(content);
  return secrets.filter((secret) =>
    secret
      .split(/\\n|\n/)
      .map((line) => line.trim())
      .some((line) => line.length > 3 && isReadable(line, views)),
  );
}

async function countWrong(redactor: Redactor, { name, content, secrets }: ForeignCase): Promise<number> {
  const tally = createTally();
  const clean = await redactFile(redactor, { name, content }, tally);
  if (secrets.length === 0) return clean.equals(content) ? 0 : 1;
  return tally.dropped.length > 0 ? secrets.length : readableSecrets(clean, secrets).length;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
