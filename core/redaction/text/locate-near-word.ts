import { entropyOf } from "../names/looks-random.ts";
import type { Span } from "../rules/rule.ts";

/** Thirty-two or more characters as if thrown by dice, within thirty characters behind a word that speaks of secrets. */
export function locateNearWord(text: string, literalAt: number): Span | undefined {
  near.lastIndex = literalAt;
  const match = near.exec(text);
  if (match?.indices?.groups?.["secret"] === undefined) return undefined;
  const [start, end] = match.indices.groups["secret"];
  const secret = text.slice(start, end);
  // A signed token has a rule of its own, which takes all of its parts; h1: is a checksum of Go's, sha512- one of npm's.
  if (secret.includes("eyJ") || /[0-9a-f]{8}-[0-9a-f]{4}-/.test(secret) || text.startsWith("h1:", start - 3) || /^sha\d{3}-/.test(secret)) return undefined;
  return /\d/.test(secret) && !/^[\w.-]+\/[\w./-]+$|^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(secret) && entropyOf(secret) >= leastEntropy ? { start, end } : undefined;
}

/** Above what hexadecimal digits can have: digests and UUIDs are not meant. */
const leastEntropy = 4.3;

const near = /[A-Za-z_-]{4,16}[^\n]{0,30}?(?<![A-Za-z0-9+/_=.-])(?<secret>[A-Za-z0-9+][A-Za-z0-9+/_-]{31,511}={0,2})(?![A-Za-z0-9+/_=-])/dy;
