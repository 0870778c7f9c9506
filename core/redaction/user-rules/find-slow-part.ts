/** Finds in a regular expression what may take more time than in proportion to the text, as a phrase; undefined for one that is linear once `boundRepetitions` has been at it. */
export function findSlowPart(source: string): string | undefined {
  if (source.length > longestSource) return `it is longer than ${longestSource} characters`;
  if (/\\(?:[1-9]|k<)/.test(source)) return "it refers back to a group";
  if (/\(\?(?:[=!]|<[=!])/.test(source)) return "it looks ahead or behind";
  const pieces = readPieces(source);
  if (typeof pieces === "string") return pieces;
  for (const [at, piece] of pieces.entries()) {
    if (Number.isFinite(piece.most) && piece.most > longestRepetition) return `${piece.text} repeats more than ${longestRepetition} times`;
    if (piece.most - piece.least < wideRange) continue;
    // What may follow must end the repetition for good; then no character is looked at twice.
    for (const next of pieces.slice(at + 1)) {
      if (overlap(piece.atom, next.atom))
        return `after ${piece.text} comes ${next.text}, which may begin with the same character: say what ends the repetition, such as [^ ]* up to a blank`;
      if (next.least > 0) break;
    }
  }
  return undefined;
}

/** The same expression in which no repetition is without a bound, so that a try at one place of a text ends soon. */
export const boundRepetitions = (source: string): string =>
  source.replaceAll(token, (text, atom: string, quantifier: string | undefined) => {
    const { least, most } = boundsOf(quantifier ?? "");
    return most === Infinity ? `${atom}{${least},${Math.max(least, longestRepetition)}}${quantifier?.endsWith("?") === true ? "?" : ""}` : text;
  });

/** An atom and how often it may stand; `most` is Infinity without a bound. */
type Piece = { readonly atom: string; readonly text: string; readonly least: number; readonly most: number };

const longestSource = 500;
const longestRepetition = 512;
/** A repetition that varies by less than this is taken as it is. */
const wideRange = 64;

const token =
  /(\\(?:[pP]\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:<\w+>|:))?|\)|\||\^|\$|.)((?:[*+?]|\{\d+(?:,\d*)?\})\??)?/gs;

/** The pieces in their order, groups opened; a phrase for a group that repeats, which is what makes patterns slow. */
function readPieces(source: string): readonly Piece[] | string {
  const pieces: Piece[] = [];
  for (const match of source.matchAll(token)) {
    const [text, atom = "", quantifier = ""] = match;
    if (atom === ")" && quantifier !== "" && !quantifier.startsWith("?")) return `a group repeats, (…)${quantifier}`;
    if (/^\(|^[)|^$]$|^\\[bB]$/.test(atom)) continue;
    pieces.push({ atom, text, ...boundsOf(quantifier) });
  }
  return pieces;
}

function boundsOf(quantifier: string): { readonly least: number; readonly most: number } {
  const counts = /^\{(\d+)(,(\d*))?\}/.exec(quantifier);
  if (counts !== null) {
    const least = Number(counts[1]);
    return { least, most: counts[2] === undefined ? least : counts[3] === "" ? Infinity : Number(counts[3]) };
  }
  return { least: /^[*?]/.test(quantifier) ? 0 : 1, most: /^[*+]/.test(quantifier) ? Infinity : 1 };
}

/** Whether a character fits both. */
function overlap(first: string, second: string): boolean {
  const [one, other] = [new RegExp(`^${first}$`, "s"), new RegExp(`^${second}$`, "s")];
  return Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).some((character) => one.test(character) && other.test(character));
}
