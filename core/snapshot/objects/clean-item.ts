import { findMembers } from "./find-members.ts";
import type { ListItem } from "./list-item.ts";
import { parseString, scanMembers, type Member } from "./scan-members.ts";

/** An object of a list as text, with what its file needs to know; everything else stands as it came. */
export type Item = {
  readonly text: Buffer;
  readonly name: string;
  readonly namespace: string;
  /** The text of one of the object's members, or of one directly in that, for as long as nothing else is read. */
  readonly find: (key: string, inner?: string) => Buffer | undefined;
};

/** What objects of a list may lack, and where their texts go. */
export type ItemInput = { readonly apiVersion: string; readonly kind: string; readonly room: (size: number) => Buffer };

/** An object without managedFields, and with the apiVersion and kind that items of a list may lack; undefined when it has no metadata with a name. */
export function cleanItem(item: ListItem, { apiVersion, kind, room }: ItemInput): Item | undefined {
  const found = readParts(item);
  if (!found) return undefined;
  const { text } = item;
  const { members, metadata } = found;
  const has = (key: string): boolean => members.some((member) => member.key === key);
  const lead = `{${has("apiVersion") ? "" : `"apiVersion":${JSON.stringify(apiVersion)},`}${has("kind") ? "" : `"kind":${JSON.stringify(kind)},`}`;
  const ranges = withoutMembers(metadata, ["managedFields"], { from: members[0]?.start ?? 1, end: text.length });
  return { text: copyRanges(text, { lead, ranges, room }), ...readNames(text, metadata), find: (key, inner) => findPart(item, found, { key, inner }) };
}

/** Of an object its metadata alone, without what an annotation repeats of its data: so Secrets are kept, whatever the server has sent. */
export function cleanSecret(item: ListItem, { apiVersion, kind }: ItemInput): Item | undefined {
  const found = readParts(item);
  if (!found) return undefined;
  const { text } = item;
  const { place } = found;
  const annotations = found.metadata.findLast(({ key }) => key === "annotations");
  const own = withoutMembers(found.metadata, ["managedFields", "annotations"], { from: place.value, end: place.end });
  const kept = annotations ? keepAnnotations(text.subarray(annotations.value, annotations.end)) : undefined;
  const body = Buffer.concat(own.map(({ from, end }) => text.subarray(from, end)));
  const joined = kept === undefined ? body : Buffer.concat([body.subarray(0, -1), Buffer.from(`,"annotations":`), kept, Buffer.from("}")]);
  return {
    text: Buffer.concat([Buffer.from(`{"apiVersion":${JSON.stringify(apiVersion)},"kind":${JSON.stringify(kind)},"metadata":`), joined, Buffer.from("}")]),
    ...readNames(text, found.metadata),
    find: () => undefined,
  };
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

function keepAnnotations(text: Buffer): Buffer | undefined {
  const members = scanMembers(text, 0);
  return members && Buffer.concat(withoutMembers(members, [lastApplied], { from: 0, end: text.length }).map(({ from, end }) => text.subarray(from, end)));
}

type Parts = { readonly members: readonly Member[]; readonly place: Member; readonly metadata: readonly Member[] };

function readParts({ text, outer, inner }: ListItem): Parts | undefined {
  const members = findMembers(text, outer, { from: 0, end: text.length });
  // The last of several is the one that counts.
  const place = members?.findLast(({ key }) => key === "metadata");
  const metadata = place && findMembers(text, inner, { from: place.value, end: place.end });
  return members && place && metadata?.some(({ key }) => key === "name") ? { members, place, metadata } : undefined;
}

function readNames(text: Buffer, metadata: readonly Member[]): Pick<Item, "name" | "namespace"> {
  const read = (wanted: string): string => {
    const member = metadata.findLast(({ key }) => key === wanted);
    return (member && parseString(text.subarray(member.value, member.end))) ?? "";
  };
  return { name: read("name"), namespace: read("namespace") };
}

type Range = { readonly from: number; readonly end: number };

/** What stays of a text from `from` to `end` without some members of an object in it; each has the comma before it with it but the first that stays. */
function withoutMembers(members: readonly Member[], keys: readonly string[], { from, end }: Range): readonly Range[] {
  const ranges: Range[] = [];
  const keep = (range: Range): void => {
    const before = ranges.at(-1);
    if (before?.end === range.from) ranges[ranges.length - 1] = { from: before.from, end: range.end };
    else ranges.push(range);
  };
  keep({ from, end: members[0]?.start ?? end });
  let behind: number | undefined;
  for (const member of members) {
    const isKept = !keys.includes(member.key);
    if (isKept) keep({ from: behind ?? member.start, end: member.end });
    if (isKept || behind !== undefined) behind = member.end;
  }
  if (members.length > 0) keep({ from: members.at(-1)?.end ?? end, end });
  return ranges;
}

/** Of metadata what stands in managedFields is left out, because it is the most of it. */
function findPart(
  { text, inner: spots }: ListItem,
  { members, metadata }: Parts,
  { key, inner }: { readonly key: string; readonly inner: string | undefined },
): Buffer | undefined {
  const member = members.findLast((each) => each.key === key);
  if (member === undefined) return undefined;
  if (inner !== undefined) {
    const part = findMembers(text, spots, { from: member.value, end: member.end })?.findLast((each) => each.key === inner);
    return part && text.subarray(part.value, part.end);
  }
  if (key !== "metadata") return text.subarray(member.value, member.end);
  return Buffer.concat(withoutMembers(metadata, ["managedFields"], { from: member.value, end: member.end }).map(({ from, end }) => text.subarray(from, end)));
}

type Copying = { readonly lead: string; readonly ranges: readonly Range[]; readonly room: ItemInput["room"] };

function copyRanges(text: Buffer, { lead, ranges, room }: Copying): Buffer {
  const copy = room(ranges.reduce((sum, { from, end }) => sum + end - from, Buffer.byteLength(lead)));
  let at = copy.write(lead);
  for (const { from, end } of ranges) at += text.copy(copy, at, from, end);
  return copy;
}
