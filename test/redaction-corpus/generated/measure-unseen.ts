import type { Redactor } from "../../../core/redaction/redactor.ts";
import type { TemplateFolder } from "./read-templates.ts";
import { generateUnseen } from "./generate-unseen.ts";
import { judgeCase } from "./judge-case.ts";

/** How many files of a family, and of all, were redacted as they should be; `bad` names the others. A file that was left out whole counts as bad. */
export type Measured = { readonly all: number; readonly good: number; readonly families: ReadonlyMap<string, FamilyCount>; readonly bad: readonly string[] };

type FamilyCount = { readonly all: number; readonly good: number };

/** Redacts the files of some seeds: of `secrets` none may get out, and nothing of `harmless` may change. */
export async function measureUnseen(redactor: Redactor, folder: TemplateFolder, seeds: readonly number[]): Promise<Measured> {
  const families = new Map<string, FamilyCount>();
  const bad: string[] = [];
  for (const made of seeds.flatMap((seed) => generateUnseen(seed, folder))) {
    const { leaked, touched, dropped } = await judgeCase(redactor, made);
    const isGood = leaked.length === 0 && touched.length === 0 && !dropped;
    const { all, good } = families.get(made.family) ?? { all: 0, good: 0 };
    families.set(made.family, { all: all + 1, good: good + (isGood ? 1 : 0) });
    if (!isGood) bad.push(`${made.id}, ${made.encoding}`);
  }
  const all = [...families.values()].reduce((sum, family) => sum + family.all, 0);
  return { all, good: all - bad.length, families, bad };
}
