import type { Hit } from "../text/find-hits.ts";
import type { Identities, IdentityKind } from "./identities.ts";
import { parseIpv4 } from "./mask-address.ts";

/** Addresses of networks and machines in a text, each with its token; loopback, link-local, multicast, netmasks and ranges for documentation stay. */
export function findAddresses(identities: Identities, text: string, bytes: Uint8Array): readonly Hit[] {
  const hits: Hit[] = [];
  const add = (found: { readonly at: number; readonly name: string } | undefined, kind: IdentityKind): void => {
    if (found === undefined || (hits.at(-1)?.end ?? 0) > found.at) return;
    hits.push({ start: found.at, end: found.at + found.name.length, rule: kind, replacement: identities.tokenOf(kind, found.name.toLowerCase()) });
  };
  for (let at = bytes.indexOf(46); at !== -1 && at < text.length; at = bytes.indexOf(46, at + 1)) {
    if (isDigit(bytes[at - 1]) && isDigit(bytes[at + 1]) && at >= (hits.at(-1)?.end ?? 0)) add(findIpv4(text, at), "ipv4");
  }
  const count = hits.length;
  for (let at = bytes.indexOf(58); at !== -1 && at < text.length; at = bytes.indexOf(58, at + 1)) {
    if (hits.length > count && at < (hits.at(-1)?.end ?? 0)) continue;
    if (isHex(bytes[at + 1]) && isHex(bytes[at + 2]) && bytes[at + 3] === 58) add(findMac(text, at), "mac");
    if (bytes[at + 1] === 58 || isHex(bytes[at + 1])) add(findIpv6(text, at), "ipv6");
  }
  return hits;
}

function findIpv4(text: string, dot: number): { readonly at: number; readonly name: string } | undefined {
  const from = Math.max(0, dot - 3);
  const at = from + (/\d{1,3}$/.exec(text.slice(from, dot))?.index ?? 0);
  if (/[\w.-]/.test(text[at - 1] ?? "")) return undefined;
  ipv4.lastIndex = at;
  const name = ipv4.exec(text)?.[0];
  return name === undefined || isPublicKnowledge(parseIpv4(name)) ? undefined : { at, name };
}

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const ipv4 = new RegExp(`${octet}(?:\\.${octet}){3}(?![\\w-]|\\.\\d)`, "y");

/** First address and length in bits of what every network has. */
const everywhere: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["192.0.2.0", 24],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];
const isPublicKnowledge = (number: number): boolean => everywhere.some(([first, bits]) => (number ^ parseIpv4(first)) >>> (32 - bits) === 0);

function findMac(text: string, colon: number): { readonly at: number; readonly name: string } | undefined {
  const at = colon - 2;
  mac.lastIndex = at;
  const name = at < 0 ? undefined : mac.exec(text)?.[0];
  return name === undefined || /^(?:00:){5}00$|^(?:ff:){5}ff$|^02:a5:d1:/i.test(name) ? undefined : { at, name };
}

const mac = /(?<![\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])/iy;

function findIpv6(text: string, colon: number): { readonly at: number; readonly name: string } | undefined {
  let at = colon;
  while (at > 0 && colon - at < 5 && /[0-9a-f]/i.test(text[at - 1] ?? "")) at--;
  if (/[\w:.]/.test(text[at - 1] ?? "")) return undefined;
  ipv6.lastIndex = at;
  const name = ipv6.exec(text)?.[0];
  return name === undefined || !isIpv6(name) || /^(?:fe[89ab]|ff|::1$|::$|2001:db8:)/i.test(name) ? undefined : { at, name };
}

const ipv6 = /[0-9a-f:]{3,39}(?![\w:])/iy;

function isIpv6(text: string): boolean {
  const halves = text.split("::");
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  if (halves.length > 2 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length >= 2 && groups.length < 8 && /[0-9a-f]{3}|^[23f]/i.test(text) : groups.length === 8;
}

const isDigit = (code = 0): boolean => code >= 48 && code <= 57;
const isHex = (code = 0): boolean => isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
