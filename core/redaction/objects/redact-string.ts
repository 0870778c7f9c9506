import { deepest, redactText } from "../text/redact-text.ts";
import type { Place, Redactor } from "../redactor.ts";
import { redactJsonText } from "./redact-json-text.ts";
import { redactYamlText } from "./redact-yaml-text.ts";

/** A string without its secrets, read as JSON or YAML if it is that, else as text: settings files, URLs, scripts, base64. The same string where there are none. */
export function redactString(redactor: Redactor, text: string, place: Place): string {
  if (text.length < (redactor.hasNames ? 3 : 8)) return text;
  const mayRemember = text.length < longestKept;
  if (mayRemember && redactor.clean.has(text)) return text;
  const clean = read(redactor, text, place);
  // What was too deep inside to be read whole may be read whole elsewhere.
  if (mayRemember && clean === text && place.depth < deepest) {
    if (redactor.clean.size >= mostKept) redactor.clean.clear();
    redactor.clean.add(text);
  }
  return clean;
}

/** Longer strings are not remembered, and of others so few that they lie in the processor's own memory: most are only there once. */
const longestKept = 300;
const mostKept = 4000;

function read(redactor: Redactor, text: string, place: Place): string {
  if (place.depth < deepest) {
    const inner = { tally: place.tally, depth: place.depth + 1 };
    if (jsonLike.test(text)) {
      const clean = redactJsonText(redactor, text, inner);
      if (clean !== undefined) return clean;
    } else if (text.startsWith("data:")) return redactDataUrl(redactor, text, inner);
    else if (isYamlLike(text)) return redactText(redactor, redactYamlText(redactor, text, inner) ?? text, place);
  }
  return redactText(redactor, text, place);
}

/** An object or a list, perhaps once more as a string. */
const jsonLike = /^\s*(?:[[{]|"[[{\\])/;

/** Only what may hold something that the rules for text don't see is worth a parser's time. */
const isYamlLike = (text: string): boolean =>
  text.length < longestYaml &&
  /\n.*\S/s.test(text.slice(0, 4096)) &&
  /^\s*(?:#[^\n]*\n\s*)*(?:---|- |["']?[\w./-]+["']?:(?:\s|$))/.test(text) &&
  /pass|pwd|secret|token|key|cred|auth|cert|value|cookie|dsn|wort|pin|otp|senha|haslo|clave|mdp|seed|phrase|bearer/i.test(text);

const longestYaml = 256 * 1024;

const longestType = 200;

/** The content of a data URL, escaped or base64, as in the files of an Ignition config. */
function redactDataUrl(redactor: Redactor, text: string, place: Place): string {
  const comma = text.indexOf(",");
  if (comma !== -1 && comma < longestType && text.slice(0, comma).endsWith(";base64")) {
    const content = Buffer.from(text.slice(comma + 1), "base64");
    const clean = redactor.readBytes(redactor, content, place);
    return clean === content ? text : `${text.slice(0, comma + 1)}${clean.toString("base64")}`;
  }
  if (comma === -1 || !text.includes("%", comma)) return redactText(redactor, text, place);
  let plain: string;
  try {
    plain = decodeURIComponent(text.slice(comma + 1));
  } catch {
    return redactText(redactor, text, place);
  }
  const clean = redactString(redactor, plain, place);
  return clean === plain ? text : `${text.slice(0, comma + 1)}${encodeURIComponent(clean)}`;
}
