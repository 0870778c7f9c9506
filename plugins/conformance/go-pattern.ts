import { KnownError } from "../../core/contract/known-error.ts";

/**
 * The pattern as it is, if Go may accept it: refused is what neither Go nor JavaScript can read, and look-around and
 * back-references, which Go never reads. Throws KnownError("wrong-usage"); `setting` names it in the message.
 */
export function checkGoPattern(setting: string, pattern: string): string {
  const problem = findProblem(pattern);
  if (problem !== undefined)
    throw new KnownError("wrong-usage", `${setting} is no regular expression: ${problem}.`, {
      hint: "The suite reads it as Go does (https://github.com/google/re2/wiki/Syntax); put a backslash before brackets that stand for themselves.",
    });
  return pattern;
}

function findProblem(pattern: string): string | undefined {
  const tokens = pattern.match(token) ?? [];
  if (tokens.some((part) => /^\(\?<?[=!]/.test(part))) return "Go knows no look-ahead and no look-behind";
  if (tokens.some((part) => /^\\[1-9]/.test(part))) return "Go knows no back-references";
  try {
    new RegExp(tokens.map(readAsJavaScript).join(""));
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return error.message.replace(/^Invalid regular expression: /, "");
  }
}

/** A quoted text, an escape, a class, the opening of a group, or any other character. */
const token = /\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\\.|\[:\^?[a-z]+:\]|[^\]\\])*\]|\(\?(?:<?[=!]|P?<|[imsU-]+[:)])|./gs;

/** What Go alone has, in JavaScript's words; only whether it compiles matters. */
function readAsJavaScript(part: string): string {
  if (part.startsWith("\\Q")) return "q";
  if (part === "(?P<") return "(?<";
  if (/^\(\?[imsU-]+\)$/.test(part)) return "";
  return /^\(\?[imsU-]+:$/.test(part) ? "(?:" : part;
}
