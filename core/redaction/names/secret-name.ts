import { camelWords } from "./camel-words.ts";
import {
  codeKinds,
  codeWords,
  digestWords,
  foreignPasswordEnds,
  hintWords,
  keyKinds,
  labelWords,
  loginOwners,
  neutralTails,
  passwordEnds,
  phraseKinds,
  referenceTails,
  secretEnds,
  secretOwners,
  weakKeyKinds,
} from "./name-words.ts";

/**
 * What a name says about the value that it stands for. `password`: a secret whatever it looks like, also a number. `secret`: one unless it is plainly
 * something else. `label`: one unless it may be the name of a Secret. `code`: one if it is a number of four digits or more, or looks random. `hint`: one only
 * if it looks random. `member`: of a map of secrets, one unless it may be the name of anything. Undefined: nothing.
 */
export type Sense = "password" | "secret" | "label" | "code" | "hint" | "member";

/** What the name of a field, variable, flag or key says about its value: PGPASSWORD, clientSecret, --api-key, spring.datasource.password; not TOKEN_TTL_SECONDS or DATABASE_HOST. */
export function senseOf(name: string): Sense | undefined {
  const known = senses.get(name);
  if (known !== undefined) return known === "none" ? undefined : known;
  const sense = name.length > longestName ? undefined : name === "secretKey" ? "label" : judge(camelWords(name));
  if (senses.size >= mostKept) senses.clear();
  senses.set(name, sense ?? "none");
  return sense;
}

/** Objects have the same few thousand names again and again. A plain secretKey names a key of a Secret in many custom resources. */
const senses = new Map<string, Sense | "none">();
const mostKept = 10_000;
const longestName = 200;

function judge(words: readonly string[]): Sense | undefined {
  if (words.some((word) => digestWords.has(word))) return undefined;
  let best: Sense | undefined;
  for (const [at, word] of words.entries()) {
    const sense = senseAt(words, at, word);
    if (sense === undefined) continue;
    const tail = words.slice(at + 1);
    if (tail.some((next) => referenceTails.has(next) || (sense !== "password" && isHash(next)))) continue;
    if ((sense === "hint" || sense === "code") && !tail.every((next) => neutralTails.has(next) || /^\d+$/.test(next))) continue;
    if (best === undefined || order.indexOf(sense) < order.indexOf(best)) best = sense;
  }
  return best;
}

/** As at the end of an object's name: pod-secrets-4df4c370, app-token-x7k2p. */
const isHash = (word: string): boolean => word.length >= 4 && /\d/.test(word);

const order: readonly Sense[] = ["password", "secret", "label", "code", "hint", "member"];

function senseAt(words: readonly string[], at: number, word: string): Sense | undefined {
  const before = words[at - 1];
  if (passwordEnds.test(word) || foreignPasswordEnds.test(word)) return "password";
  if (codeWords.has(word)) return "code";
  if (before !== undefined) {
    if (word === "phrase" && phraseKinds.has(before)) return "password";
    if (word === "code" && codeKinds.has(before)) return "code";
    if (word === "auth" && loginOwners.has(before)) return "label";
    if (word === "cookie" && before === "erlang") return "secret";
    if (word === "auth" && (before === "neo4j" || (before === "j" && words[at - 2] === "neo4"))) return "password";
    if (word === "key" && before === "props" && words[at - 2] === "sensitive" && at === words.length - 1) return "password";
  }
  if ((word === "community" && before === "snmp") || word === "snmpcommunity") return "label";
  // By it etcd's members know each other; it opens nothing.
  if (before === "existing" || (word === "token" && before === "cluster" && words[at - 2] === "initial")) return undefined;
  if (labelWords.has(word)) return before !== undefined && secretOwners.has(before) ? "secret" : "label";
  if (secretEnds.test(word)) return "secret";
  if (/^keys?\d*$/.test(word) && before !== undefined) {
    if (keyKinds.has(before)) return "secret";
    if (weakKeyKinds.has(before)) return "hint";
  }
  if (word === "string" && before === "connection") return "secret";
  if (word === "id" && before === "secret") return "secret";
  return hintWords.has(word) ? "hint" : undefined;
}
