import { createRandom } from "../../faults/random/random.ts";
import { fillCase } from "./fill-case.ts";
import type { WrittenFolder } from "./read-cases.ts";
import { readCases } from "./read-cases.ts";

/** A file to redact: of the secrets none must get out, and one without secrets must stay to the byte. */
export type ForeignCase = {
  readonly family: string;
  readonly id: string;
  readonly name: string;
  readonly content: Buffer;
  readonly secrets: readonly string[];
};

/** The cases written by hand, filled by a seed, which is any whole number. */
export function fillWritten(folder: WrittenFolder, seed: number): readonly ForeignCase[] {
  return readCases(folder).map(({ family, id, name, template }, index) => {
    const { text, secrets } = fillCase(createRandom(seed ^ Math.imul(index + 1, 0x9e3779b1)), template);
    return { family, id: `${family}/${id}`, name, content: Buffer.from(text), secrets };
  });
}
