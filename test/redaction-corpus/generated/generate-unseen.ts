import { parse } from "yaml";
import type { Random } from "../../faults/random/random.ts";
import { createRandom } from "../../faults/random/random.ts";
import type { Filled } from "./fill-template.ts";
import { createFiller } from "./fill-template.ts";
import type { Template, TemplateFolder } from "./read-templates.ts";
import { readTemplates } from "./read-templates.ts";
import { fillObject } from "./fill-object.ts";
import { wrapFile } from "./wrap-file.ts";
import type { Wrapped } from "./wrap-file.ts";
import { writeLog } from "./write-log.ts";
import { writeObject } from "./write-object.ts";

/** A file of the unseen corpus: `secrets` must not get out of it, `mustStay` must; one of the two is empty for most. */
export type UnseenCase = Wrapped & { readonly id: string; readonly family: string; readonly secrets: readonly string[]; readonly mustStay: readonly string[] };

/** Makes the files of a seed, each template once, in a place, an encoding and a noise that the seed draws; any whole number is a seed. */
export function generateUnseen(seed: number, folder: TemplateFolder): readonly UnseenCase[] {
  return readTemplates(folder).map((template, index) => {
    const random = createRandom(seed ^ Math.imul(index + 1, 0x9e3779b1));
    const { filled, wrapped } = place(random, template);
    const kept = folder === "harmless" && filled.mustStay.length === 0 ? [filled.text] : filled.mustStay;
    const mustStay = kept.flatMap((text) => text.split("\n")).map((line) => line.trim());
    return {
      ...wrapped,
      id: `${template.id} seed ${seed}`,
      family: template.family,
      secrets: filled.secrets,
      mustStay: mustStay.filter((line) => line !== ""),
    };
  });
}

function place(random: Random, { kind, name, body }: Template): { readonly filled: Filled; readonly wrapped: Wrapped } {
  const fill = createFiller(random);
  if (kind === "object") {
    const { object, ...filled } = fillObject(fill, parse(body));
    return { filled: { ...filled, text: "" }, wrapped: writeObject(random, object) };
  }
  const filled = fill(body);
  return { filled, wrapped: kind === "file" ? wrapFile(random, name, filled.text) : writeLog(random, filled.text) };
}
