import type { Random } from "../../faults/random/random.ts";
import { createRandom } from "../../faults/random/random.ts";
import { fillCase } from "./fill-case.ts";
import { drawWrap } from "./draw-wrap.ts";
import type { ForeignCase } from "./fill-written.ts";
import type { CaseTemplate } from "./read-cases.ts";
import { readCases, readList } from "./read-cases.ts";

/** Draws cases: a name and a value, or a value that speaks for itself, in a place, an encoding and a kind of file. */
export function drawCases(folder: "secrets" | "harmless", seed: number, count: number): readonly ForeignCase[] {
  const random = createRandom(seed);
  const places = readCases("drawn");
  const lists = { named: readList(folder), bare: readList(`bare-${folder}`) };
  return Array.from({ length: count }, (_, index) => {
    const isBare = random.below(10) < 3;
    const entry = random.pick(isBare ? lists.bare : lists.named);
    const fitting = places.filter(({ family, id, template }) =>
      isBare ? family === "bare-places" : family === "places" && fits(folder, entry, { id, template }),
    );
    const { id, name, template } = random.pick(fitting);
    const filled = fillCase(random, isBare ? template.replaceAll("{V}", entry) : putNamed(random, template, { entry, isSecret: folder === "secrets" }));
    return {
      ...drawWrap(random, { name, text: filled.text }),
      family: `drawn ${isBare ? "bare" : "named"}`,
      id: `${id}, ${entry}, seed ${seed}.${index}`,
      secrets: filled.secrets,
    };
  });
}

/** In these places the surroundings call any value a secret. */
const secretPlaces = /^(?:json-value-object|kubectl-literal|kustomize|quoted-printable)$/;
const needsQuotes = /‹(?:odd|seed)|Bearer|Basic|User Id/;
const withoutQuotes = /xml|html|registry|plist|shell|systemd|hcl|toml|utf16|url-plus|arg-/;
/** Where a word of a dictionary could be anything. */
const tooVague = /prose|table|markdown|html|arg-shell/;

function fits(folder: "secrets" | "harmless", entry: string, { id, template }: Pick<CaseTemplate, "id" | "template">): boolean {
  if (folder === "harmless" && secretPlaces.test(id)) return false;
  if (needsQuotes.test(entry)) return template.includes('"{V}"') && !withoutQuotes.test(id);
  return !entry.includes("‹weak") || !tooVague.test(id);
}

function putNamed(random: Random, template: string, { entry, isSecret }: { readonly entry: string; readonly isSecret: boolean }): string {
  const [name = "", value = ""] = entry.split(/ = (.*)/s);
  const prefix = random.pick(["", "", "", "prod", "my", "internal", "shop", "x", "backup"]);
  const words = [prefix, ...name.split(" ")].filter((word) => word !== "");
  const marked = isSecret && !value.includes("«") ? `«${value}»` : value;
  return Object.entries(styles(words))
    .reduce((text, [style, written]) => text.replaceAll(`{${style}}`, () => written), template)
    .replaceAll("{V}", () => marked);
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const styles = (words: readonly string[]): Readonly<Record<string, string>> => ({
  KEY: words.join("_").toUpperCase(),
  key: words.join("_"),
  kebab: words.join("-"),
  dotted: words.join("."),
  Pascal: words.map(capital).join(""),
  camel: words.map((word, index) => (index === 0 ? word : capital(word))).join(""),
});
