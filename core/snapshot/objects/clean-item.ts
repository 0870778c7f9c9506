import { parseString, scanMembers, type Member } from "./scan-members.ts";

/** An object of a list as text, with what its file needs to know; everything else stands as it came. */
export type Item = { readonly text: Buffer; readonly name: string; readonly namespace: string };

export type ItemKind = { readonly apiVersion: string; readonly kind: string };

/** An object without managedFields, and with the apiVersion and kind that items of a list may lack; undefined when it has no metadata with a name. */
export function cleanItem(text: Buffer, kind: ItemKind): Item | undefined {
  const found = readParts(text);
  if (!found) return undefined;
  const { members, metadata } = found;
  const has = (key: string): boolean => members.some((member) => member.key === key);
  const missing = [
    ...(has("apiVersion") ? [] : [`"apiVersion":${JSON.stringify(kind.apiVersion)},`]),
    ...(has("kind") ? [] : [`"kind":${JSON.stringify(kind.kind)},`]),
  ].join("");
  const first = members[0]?.start ?? 1;
  const pieces = [Buffer.from(`{${missing}`), ...withoutMembers(text.subarray(first), shift(metadata, first), ["managedFields"])];
  return { text: Buffer.concat(pieces), ...readNames(text, metadata) };
}

/** Of an object its metadata alone, without what an annotation repeats of its data: so Secrets are kept, whatever the server has sent. */
export function cleanSecret(text: Buffer, { apiVersion, kind }: ItemKind): Item | undefined {
  const found = readParts(text);
  const place = found?.members.findLast(({ key }) => key === "metadata");
  if (!found || !place) return undefined;
  const annotations = found.metadata.findLast(({ key }) => key === "annotations");
  const metadata = text.subarray(place.value, place.end);
  const own = withoutMembers(metadata, shift(found.metadata, place.value), annotations ? ["managedFields", "annotations"] : ["managedFields"]);
  const kept = annotations ? keepAnnotations(text.subarray(annotations.value, annotations.end)) : undefined;
  const body = Buffer.concat(own);
  const joined = kept === undefined ? body : Buffer.concat([body.subarray(0, -1), Buffer.from(`,"annotations":`), kept, Buffer.from("}")]);
  return {
    text: Buffer.concat([Buffer.from(`{"apiVersion":${JSON.stringify(apiVersion)},"kind":${JSON.stringify(kind)},"metadata":`), joined, Buffer.from("}")]),
    ...readNames(text, found.metadata),
  };
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

function keepAnnotations(text: Buffer): Buffer | undefined {
  const members = scanMembers(text, 0);
  return members && Buffer.concat(withoutMembers(text, members, [lastApplied]));
}

type Parts = { readonly members: readonly Member[]; readonly metadata: readonly Member[] };

function readParts(text: Buffer): Parts | undefined {
  const members = scanMembers(text, 0);
  // The last of several is the one that counts.
  const place = members?.findLast(({ key }) => key === "metadata");
  const metadata = place && scanMembers(text, place.value);
  return members && metadata?.some(({ key }) => key === "name") ? { members, metadata } : undefined;
}

function readNames(text: Buffer, metadata: readonly Member[]): Pick<Item, "name" | "namespace"> {
  const read = (wanted: string): string => {
    const member = metadata.findLast(({ key }) => key === wanted);
    return (member && parseString(text.subarray(member.value, member.end))) ?? "";
  };
  return { name: read("name"), namespace: read("namespace") };
}

const shift = (members: readonly Member[], by: number): readonly Member[] =>
  members.map(({ key, start, value, end }) => ({ key, start: start - by, value: value - by, end: end - by }));

/** An object's text without some of its members; nothing of it is copied yet. */
function withoutMembers(text: Buffer, members: readonly Member[], keys: readonly string[]): readonly Buffer[] {
  const kept = members.filter(({ key }) => !keys.includes(key));
  const [first, last] = [members[0], members.at(-1)];
  if (kept.length === members.length || !first || !last) return [text];
  const pieces = kept.flatMap(({ start, end }) => [comma, text.subarray(start, end)]).slice(1);
  return [text.subarray(0, first.start), ...pieces, text.subarray(last.end)];
}

const comma = Buffer.from(",");
