/** Where a pattern can't be read and why: `at` counts characters (code points) from 1, `text` is what stands there. */
export type PatternProblem = { readonly at: number; readonly text: string; readonly message: string };

/** The first thing that Go's regexp (RE2's syntax, as regexp/syntax parses it with Perl's flags) would refuse in a pattern. */
export function findPatternProblem(pattern: string): PatternProblem | undefined {
  const found = scan(pattern);
  if (found === undefined) return undefined;
  const text = pattern.slice(found.index, found.index + found.length);
  return { at: Array.from(pattern.slice(0, found.index)).length + 1, text, message: found.message };
}

type Found = { readonly index: number; readonly length: number; readonly message: string };

/** What was read at a place: its length, and what it is to a repetition that follows. */
type Read =
  | { readonly length: number; readonly is: "atom" | "nothing" | "flags" | "opening" | "closing" | "repetition" }
  | { readonly problem: string; readonly length: number };

function scan(pattern: string): Found | undefined {
  const open: number[] = [];
  let hasAtom = false;
  let afterRepetition = false;
  for (let index = 0; index < pattern.length;) {
    const read = readAt(pattern.slice(index));
    const refuse = (message: string): Found => ({ index, length: read.length, message });
    if ("problem" in read) return refuse(read.problem);
    if (read.is === "repetition" && !hasAtom) return refuse("there is nothing before it that could be repeated");
    if (read.is === "repetition" && afterRepetition) return refuse("a repetition can't be repeated without a group around it");
    if (read.is === "opening" && open.push(index) > deepest) return refuse(`groups are nested more than ${deepest} deep`);
    if (read.is === "closing" && open.pop() === undefined) return refuse("no group is open here");
    afterRepetition = read.is === "repetition";
    if (read.is !== "flags") hasAtom = read.is === "atom" || read.is === "closing" || read.is === "repetition";
    index += read.length;
  }
  const unclosed = open.at(-1);
  return unclosed === undefined ? undefined : { index: unclosed, length: 1, message: "this group is not closed" };
}

const deepest = 1000;
const mostRepeats = 1000;

function readAt(rest: string): Read {
  const first = rest[0] ?? "";
  if (first === "\\") return readEscape(rest);
  if (first === "[") return readClass(rest);
  if (first === "(") return readOpening(rest);
  if (first === ")") return { length: 1, is: "closing" };
  if (first === "|") return { length: 1, is: "nothing" };
  if (/^[*+?]/.test(rest)) return { length: rest[1] === "?" ? 2 : 1, is: "repetition" };
  const [count, least, comma, most] = /^\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}\??/.exec(rest) ?? [];
  if (count === undefined) return { length: codePointLength(rest), is: "atom" };
  const [from, to] = [Number(least), comma !== undefined && most === undefined ? Number(least) : Number(most ?? least)];
  if (Math.max(from, to) > mostRepeats) return { length: count.length, problem: `Go repeats at most ${mostRepeats} times` };
  return from > to ? { length: count.length, problem: "the numbers are out of order" } : { length: count.length, is: "repetition" };
}

function readOpening(rest: string): Read {
  if (!rest.startsWith("(?")) return { length: 1, is: "opening" };
  const around = /^\(\?(<?)[=!]/.exec(rest);
  if (around !== null) return { length: around[0].length, problem: `Go knows no look-${around[1] === "<" ? "behind" : "ahead"}` };
  const named = /^\(\?P?<\w+>/.exec(rest);
  if (named !== null) return { length: named[0].length, is: "opening" };
  const flags = /^\(\?[imsU]*(?:-[imsU]+)?([:)])/.exec(rest);
  if (flags !== null) return { length: flags[0].length, is: flags[1] === ":" ? "opening" : "flags" };
  return { length: Math.min(rest.length, 3), problem: "Go knows no such group" };
}

function readEscape(rest: string): Read {
  if (rest.startsWith("\\Q")) {
    const end = rest.indexOf("\\E");
    const length = end < 0 ? rest.length : end + 2;
    return { length, is: length > 4 || end < 0 ? "atom" : "flags" };
  }
  if (/^\\[AzbB]/.test(rest)) return { length: 2, is: "atom" };
  return readCharacter(rest, (length) => ({ length, is: "atom" }));
}

/** An escape that stands for a character or a set of them, also within a class. */
function readCharacter(rest: string, read: (length: number) => Read): Read {
  if (rest === "\\") return { length: 1, problem: "a backslash stands at the end" };
  const property = /^\\[pP](?:\{\^?(\w+)\}|(\w))/.exec(rest);
  if (property !== null)
    return isProperty(property[1] ?? property[2] ?? "")
      ? read(property[0].length)
      : { length: property[0].length, problem: "there is no such set of characters" };
  const [character] = /^\\(?:[dswDSWaftnrv]|0[0-7]{0,2}|[1-7][0-7]{1,2}|x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]+\}|[!-/:-@[-`{-~ ])/.exec(rest) ?? [];
  if (character !== undefined) return read(character.length);
  if (/^\\[1-9k]/.test(rest)) return { length: 2, problem: "Go knows no back-references" };
  return { length: 1 + codePointLength(rest.slice(1)), problem: "Go knows no such escape" };
}

/** Names of Unicode's categories and scripts. */
function isProperty(name: string): boolean {
  return (
    name === "Any" ||
    [name, `Script=${name}`].some((property) => {
      try {
        return new RegExp(`\\p{${property}}`, "u").test("") || true;
      } catch {
        return false;
      }
    })
  );
}

function readClass(rest: string): Read {
  let index = rest[1] === "^" ? 2 : 1;
  for (let isFirst = true; index < rest.length; isFirst = false) {
    if (rest[index] === "]" && !isFirst) return { length: index + 1, is: "atom" };
    const named = /^\[:\^?(\w*):\]/.exec(rest.slice(index));
    if (named !== null) {
      if (!classNames.includes(named[1] ?? "")) return { length: index + named[0].length, problem: `there is no class ${named[0]}` };
      index += named[0].length;
      continue;
    }
    const from = readMember(rest.slice(index));
    if ("problem" in from) return { length: index + from.length, problem: from.problem };
    const next = index + from.length;
    const isRange = rest[next] === "-" && next + 1 < rest.length && rest[next + 1] !== "]" && !isSet(rest.slice(index));
    if (!isRange) {
      index = next;
      continue;
    }
    const to = readMember(rest.slice(next + 1));
    const end = next + 1 + to.length;
    if ("problem" in to) return { length: end, problem: to.problem };
    if (isSet(rest.slice(next + 1)) || codeOf(rest.slice(index, next)) > codeOf(rest.slice(next + 1, end)))
      return { length: end, problem: "a range in the class is out of order" };
    index = end;
  }
  return { length: 1, problem: "this class is not closed" };
}

const classNames = ["alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word", "xdigit"];

const readMember = (rest: string): Read =>
  rest.startsWith("\\") ? readCharacter(rest, (length) => ({ length, is: "atom" })) : { length: codePointLength(rest), is: "atom" };

const isSet = (rest: string): boolean => /^\\[dswDSWpP]/.test(rest);

/** Of a character or its escape. */
function codeOf(text: string): number {
  if (!text.startsWith("\\")) return text.codePointAt(0) ?? 0;
  const hex = /^\\x\{?([0-9A-Fa-f]+)/.exec(text)?.[1];
  if (hex !== undefined) return Number.parseInt(hex, 16);
  const octal = /^\\([0-7]+)/.exec(text)?.[1];
  if (octal !== undefined) return Number.parseInt(octal, 8);
  const control = "a\u0007f\u000Ct\tn\nr\rv\u000B".indexOf(text[1] ?? "");
  return (control < 0 ? text.codePointAt(1) : "\u0007\u000C\t\n\r\u000B".codePointAt(control / 2)) ?? 0;
}

const codePointLength = (text: string): number => String.fromCodePoint(text.codePointAt(0) ?? 0).length;
