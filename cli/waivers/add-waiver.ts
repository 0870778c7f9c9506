import { Document, isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { KnownError } from "../../core/contract/known-error.ts";
import type { Waiver } from "../../core/contract/report/waiver-file.ts";
import { parseWaivers } from "./read-waivers.ts";

export type Addition = {
  readonly waiver: Waiver;
  /** What it waives, as a comment on one line. */
  readonly about: string;
};

/** What became of a file of waivers: `was` is how the entry stood there before. */
export type Added = { readonly text: string; readonly was: "new" | "changed" };

/**
 * The text of a file of waivers with one more entry, or with new reason, owner and expiry where it has one for the same findings; comments and order
 * stay. `text` undefined makes a file. KnownError "invalid-file" as readWaivers.
 */
export function addWaiver(text: string | undefined, source: string, { waiver, about }: Addition): Added {
  if (text === undefined || text.trim() === "") return { text: render(buildDocument({ waiver, about })), was: "new" };
  const present = parseWaivers(text, source).findIndex((other) => isSameTarget(other, waiver));
  const document = parseDocument(text, { schema: "yaml-1.1" });
  const list = document.get("waivers", true);
  if (!isSeq(list))
    throw new KnownError("invalid-file", `${source}: waivers can't be extended where an anchor stands for the list.`, { hint: "Write the list out." });
  const entry = list.items[present];
  if (!isMap(entry)) {
    list.flow = false;
    list.add(buildEntry(document, { waiver, about }));
    return { text: render(document), was: "new" };
  }
  for (const key of ["reason", "owner", "expires"] as const) entry.set(key, waiver[key]);
  return { text: render(document), was: "changed" };
}

const isSameTarget = (one: Waiver, other: Waiver): boolean => JSON.stringify(targetOf(one)) === JSON.stringify(targetOf(other));

const targetOf = ({ id, fingerprint, object }: Waiver): readonly unknown[] => [
  id,
  fingerprint,
  Object.entries(object ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1)),
];

function buildDocument(addition: Addition): Document {
  const document = new Document({ waivers: [] }, { schema: "yaml-1.1" });
  const list = document.get("waivers", true);
  if (isSeq(list)) {
    list.flow = false;
    list.add(buildEntry(document, addition));
  }
  return document;
}

function buildEntry(document: Pick<Document, "createNode">, { waiver, about }: Addition): YAMLMap {
  const entry = document.createNode(waiver) as YAMLMap;
  entry.commentBefore = ` ${about.replaceAll(/\s+/g, " ")}`;
  return entry;
}

const render = (document: Pick<Document, "toString">): string => document.toString({ lineWidth: 0 });
