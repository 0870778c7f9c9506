import type { Hit } from "../text/find-hits.ts";
import type { Identities, IdentityKind } from "./identities.ts";
import { parseIpv4 } from "./mask-address.ts";

/** Addresses of networks and machines in a text, each with its token; loopback, link-local, multicast, netmasks and ranges for documentation stay. */
export function findAddresses(identities: Identities, text: string, bytes: Uint8Array): readonly Hit[] {
  const hits: Hit[] = [];
  const add = (found: { readonly at: number; readonly name: string } | undefined, kind: IdentityKind): void => {
    if (found === undefined) return;
    const end = found.at + found.name.length;
    // The length of a network belongs to its address.
    const length = kind !== "mac" && bytes[end] === 47 ? (/^\/\d{1,3}(?![\w.])/.exec(text.slice(end, end + 5))?.[0] ?? "") : "";
    const name = (kind === "ipv4" ? found.name : found.name.toLowerCase()) + length;
    hits.push({ start: found.at, end: end + length.length, rule: kind, replacement: identities.tokenOf(kind, name) });
  };
  for (let at = text.indexOf("."); at !== -1; at = text.indexOf(".", at + 1)) {
    if (isDigit(bytes[at - 1]) && isDigit(bytes[at + 1]) && mayBeIpv4(bytes, at) && at >= (hits.at(-1)?.end ?? 0)) add(findIpv4(text, at), "ipv4");
  }
  for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) {
    if (!mayBeginAddress(bytes, at)) continue;
    const run = runAround(bytes, at, text.length);
    at = Math.max(at, run.end - 1);
    if (run.colons < 2 || (bytes[run.start] !== 58 && /[\w.]/.test(text[run.start - 1] ?? "")) || /\w/.test(text[run.end] ?? "")) continue;
    // "addr:2a02::1" and "2a02::1: refused": a colon alone at an end is not the address's.
    const lead = /^:(?!:)/.test(text.slice(run.start, run.end)) ? 1 : 0;
    const name = text.slice(run.start + lead, run.end).replace(/(?<!:):$/, "");
    // User and group in a line of /etc/passwd without a person's name.
    if (lead === 1 && /^\d+:\d+::$/.test(name)) continue;
    if (isMac(name)) add({ at: run.start + lead, name }, "mac");
    else if ((run.isShort || run.colons >= 7) && isIpv6(name)) add({ at: run.start + lead, name }, "ipv6");
  }
  return hits;
}

function findIpv4(text: string, dotAt: number): { readonly at: number; readonly name: string } | undefined {
  let at = dotAt;
  while (at > 0 && dotAt - at < 3 && isDigit(text.charCodeAt(at - 1))) at--;
  if (/[\w.-]/.test(text[at - 1] ?? "") || (text[at - 1] === "/" && browser.test(text.slice(Math.max(0, at - 15), at)))) return undefined;
  const end = endOfIpv4(text, at);
  if (end === undefined) return undefined;
  const name = text.slice(at, end);
  return isPublicKnowledge(parseIpv4(name)) ? undefined : { at, name };
}

/** Where four numbers up to 255 end that dots part, if nothing of a name or a longer number follows. Logs are full of dots and digits, and no expression is as fast. */
function endOfIpv4(text: string, start: number): number | undefined {
  let at = start;
  for (let part = 0; part < 4; part++) {
    if (part > 0 && text.charCodeAt(at++) !== dot) return undefined;
    const from = at;
    let octet = 0;
    for (; at < from + 3 && isDigit(text.charCodeAt(at)); at++) octet = octet * 10 + text.charCodeAt(at) - 48;
    if (at === from || octet > 255 || (at > from + 1 && text.charCodeAt(from) === 48)) return undefined;
  }
  const behind = text.charAt(at);
  return /[\w-]/.test(behind) || (behind === "." && isDigit(text.charCodeAt(at + 1))) ? undefined : at;
}

const dot = 46;

/** What has a version of four numbers. */
const browser = /(?:Chrome|Chromium|CriOS|Edge?|OPR|Electron)\/$/;

/** Whether another dot stands where an address has its second one. */
const mayBeIpv4 = (bytes: Uint8Array, at: number): boolean => bytes[at + 2] === dot || bytes[at + 3] === dot || bytes[at + 4] === dot;

/** First address and length in bits of what every network has. */
const everywhere: readonly (readonly [number, number])[] = (
  [
    ["0.0.0.0", 8],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["192.0.2.0", 24],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 3],
  ] as const
).map(([first, bits]) => [parseIpv4(first), bits] as const);
const isPublicKnowledge = (number: number): boolean => everywhere.some(([first, bits]) => (number ^ first) >>> (32 - bits) === 0);

/** Whether two colons stand together here, or two more follow with four digits or fewer between them; times of day have two in all. */
function mayBeginAddress(bytes: Uint8Array, at: number): boolean {
  if (bytes[at + 1] === 58) return true;
  const second = nextColon(bytes, at);
  return second !== 0 && (bytes[second + 1] === 58 || nextColon(bytes, second) !== 0);
}

/** The place of the colon behind up to four hexadecimal digits, or 0. */
function nextColon(bytes: Uint8Array, at: number): number {
  let next = at + 1;
  while (next < at + 5 && isHex(bytes[next])) next++;
  return bytes[next] === 58 ? next : 0;
}

type Run = { readonly start: number; readonly end: number; readonly colons: number; readonly isShort: boolean };

/** The hexadecimal digits and colons around a colon; `isShort` if two colons stand together. What is longer than an address is cut, and is none. */
function runAround(bytes: Uint8Array, at: number, length: number): Run {
  let [start, end, colons, isShort] = [at, at, 0, false];
  while (start > 0 && at - start < 5 && isHex(bytes[start - 1])) start--;
  for (; end < length && end - start < longestAddress; end++) {
    if (bytes[end] === 58) {
      colons += 1;
      isShort ||= bytes[end + 1] === 58;
    } else if (!isHex(bytes[end])) break;
  }
  return { start, end, colons, isShort };
}

const longestAddress = 40;

const isMac = (text: string): boolean => /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text) && !/^(?:00:){5}00$|^(?:ff:){5}ff$|^02:a5:d1:/i.test(text);

function isIpv6(text: string): boolean {
  // Of a link's own addresses only those are of one machine that are made of its MAC.
  if (/^(?:fe[89ab](?!.*ff:fe)|ff|::1$|::$|2001:db8:)/i.test(text)) return false;
  const halves = text.split("::");
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  if (halves.length > 2 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length >= 2 && groups.length < 8 && /[0-9a-f]{3}|^[23f]/i.test(text) : groups.length === 8;
}

const isDigit = (code = 0): boolean => code >= 48 && code <= 57;
const isHex = (code = 0): boolean => isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
