import assert from "node:assert/strict";
import { asdic, kubectl } from "./asdic.ts";

/** Undefined where both show the same. */
export async function compareTables(args: readonly string[], file: string): Promise<string | undefined> {
  const [ours, theirs] = await Promise.all([asdic([...args, "-f", file]), kubectl(...args)]);
  const [mine, other] = [withoutAgo(readCells(ours.stdout)), withoutAgo(readCells(theirs))];
  return mine.join("\n") === other.join("\n") ? undefined : `asdic:\n${ours.stdout}${ours.stderr}kubectl:\n${theirs}`;
}

export type Look = { readonly kinds: readonly string[]; readonly form: readonly string[] };
export type Difference = { readonly kind: string; readonly ours: readonly string[] | undefined; readonly theirs: readonly string[] | undefined };

/** Both print all kinds in one call, which is a tenth of the work: a table each, an empty line between them, `kind/` in front of each name. */
export async function compareKinds({ kinds, form }: Look, place: readonly string[], file: string): Promise<readonly Difference[]> {
  // Of kinds of which there is nothing neither prints a table.
  const args = ["get", kinds.join(","), ...place, ...form];
  const [ours, theirs] = (await Promise.all([asdic([...args, "-f", file]).then(({ stdout }) => stdout), kubectl(...args)])).map((text) =>
    readTables(text, kinds),
  );
  assert.ok(ours && theirs && theirs.size > 0);
  const found = [...new Set([...ours.keys(), ...theirs.keys()])].map((kind) => ({ kind, ours: ours.get(kind), theirs: theirs.get(kind) }));
  return found.filter((each) => each.ours?.join("\n") !== each.theirs?.join("\n"));
}

const readTables = (text: string, [kind, ...more]: readonly string[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    text
      .split(/\n\n/)
      .filter((table) => table.trim() !== "")
      .map((table) => [(more.length > 0 ? /\n([^\s/]+)\//.exec(table)?.[1] : kind) ?? table, withoutAgo(readCells(table))]),
  );

/** Cells of a table by the places where its columns begin; those of times are left out, because they go on. */
function readCells(table: string): readonly (readonly string[])[] {
  const [head = "", ...rows] = table.trimEnd().split("\n");
  const starts = [...head.matchAll(/(?<=^|\s{2,})\S/g)].map(({ index }) => index);
  const times = starts.map((start) => /^(?:AGE|LAST SEEN|FIRST SEEN|LAST SCHEDULE|DURATION|LIT)/.test(head.slice(start)));
  const cut = (line: string): readonly string[] => starts.flatMap((start, column) => (times[column] ? [] : [line.slice(start, starts[column + 1]).trim()]));
  return [head, ...rows].map(cut);
}

/** What changes while two tools look one after the other: restarts tell how long ago they were. */
const withoutAgo = (cells: readonly (readonly string[])[]): readonly string[] => cells.map((row) => row.join(" | ").replace(/ \(\S+ ago\)/, ""));
