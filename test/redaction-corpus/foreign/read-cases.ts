import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file as a template: its gaps are still to be filled. */
export type CaseTemplate = { readonly family: string; readonly id: string; readonly name: string; readonly template: string };

/** What the third corpus is made of: files written by hand with secrets and without, with names and addresses and without, and tables to draw more from. */
export type CaseFolder = WrittenFolder | "drawn";

export type WrittenFolder = "secrets" | "harmless" | "identities" | "no-identities";

/** Reads the templates of a folder: `=== id file-name` over each; after `### id file-name` every line is one, between two lines that say nothing. */
export function readCases(folder: CaseFolder): readonly CaseTemplate[] {
  return readSections(folder).flatMap(({ isList, family, id, name, body }) =>
    isList
      ? listLines(body).map((line, index) => ({ family, id: `${id}:${index + 1}`, name, template: `${before}${line}\n${after}` }))
      : [{ family, id, name, template: body }],
  );
}

/** The lines of the first list of a file of `drawn`, without what stands around them in a case. */
export const readList = (family: string): readonly string[] => listLines(readSections("drawn").find((section) => section.family === family)?.body ?? "");

const before = "2026-03-02T09:59:59Z INFO ready\n";
const after = "2026-03-02T10:01:00Z INFO stopped\n";

type Section = { readonly isList: boolean; readonly family: string; readonly id: string; readonly name: string; readonly body: string };

const listLines = (body: string): readonly string[] => body.split("\n").filter((line) => line !== "");

function readSections(folder: CaseFolder): readonly Section[] {
  const from = join(import.meta.dirname, folder);
  return readdirSync(from)
    .toSorted()
    .flatMap((file) =>
      readFileSync(join(from, file), "utf8")
        .split(/^(?=(?:===|###) )/m)
        .map((text) => parseSection(file.replace(".txt", ""), text)),
    );
}

function parseSection(family: string, text: string): Section {
  const [, mark, id, name] = /^(===|###) (\S+) (\S+)\n/.exec(text) ?? [];
  if (mark === undefined || id === undefined || name === undefined)
    throw new Error(`${family}.txt: a case begins with === or ###, an id and a file name: ${text.slice(0, 60)}`);
  return { isList: mark === "###", family, id, name, body: `${text.slice(text.indexOf("\n") + 1).trimEnd()}\n` };
}
