import { isHarmless, isProse } from "./is-harmless.ts";
import { isLogin } from "./is-login.ts";
import { looksRandom } from "./looks-random.ts";
import type { Sense } from "./secret-name.ts";

/** Where a value was found: `field` is a key of an object or a line of a settings file, `prose` is anywhere in a text, `quoted` the same between quotes. */
export type Place = "field" | "prose" | "quoted";

/** Whether a value that stands behind a name of this sense is to be hidden; it is not where it is a switch, a reference, a path, a placeholder or plain words. */
export function isPlausible(value: string, sense: Sense, place: Place): boolean {
  if (isHarmless(value) || certificate.test(value) || (place !== "field" && isProse(value))) return false;
  if (sense === "hint") return looksRandom(value.replaceAll(escaped, ":")) || isLogin(value) || devopsToken.test(value);
  if (sense === "code") return /^\d{4,12}$/.test(value) || looksRandom(value);
  if (sense === "password") return !isLabelText(value);
  // A digest, such as the pin of a certificate, "0 tokens removed", and a count in front of another one.
  if (/^sha256:[0-9a-f]{64}$|^\d+ [a-z]+(?: [a-z]+)*$|^\d{1,9}[,;]? [A-Za-z][\w.-]{0,64}: ?\d/.test(value)) return false;
  if (sense === "member" && isAnyName(value)) return false;
  if (sense === "label" && isWord(value)) return false;
  if (/^-?\d{1,9}(?:\.\d+)?[a-z]{0,2}$/.test(value) || isPlainUrl(value)) return false;
  if ((sense === "label" && isNumbered(value)) || ((sense === "label" || place !== "field") && isName(value))) return false;
  if (sense === "secret" && /^[a-z][a-z-]*\d{0,4}(?:\/[a-z][a-z0-9-]*)+$/.test(value)) return false;
  if (/^[A-Z]?[a-z]{2,}(?: [A-Za-z(][a-z']*){2,}/.test(value)) return false;
  return place === "field" || looksRandom(value) || isMixed(value) || (place === "quoted" && isShortToken(value));
}

/** What a page says of a field for a password: "Forgot your password?". */
const isLabelText = (value: string): boolean =>
  /^[A-Z][a-z']+(?: [A-Za-z0-9',-]+){2,30}[.?!]?$/.test(value) &&
  /\b(?:pass(?:words?|phrase)|your?|enter|please|must|forgot(?:ten)?|characters)\b/i.test(value);

/** A mark that a URL escapes, perhaps twice; its digits are none of the value's. */
const escaped = /%(?:25){0,3}[0-9A-Fa-f]{2}/g;

/** PEM, perhaps as base64; a key behind it is found by what it is. */
const certificate = /^(?:-----BEGIN CERT|LS0tLS1CRUdJTiBDRVJ)/;

/** A personal access token of Azure DevOps, of which one in some million has no digit. */
const devopsToken = /^[a-z2-7]{52}$/;

/** A name of something in a cluster, perhaps behind its namespace: words without digits, joined by dashes, dots or slashes. */
const isName = (value: string): boolean => /^[a-z]+(?:[-./_][a-z]+)+$/.test(value) || /^[a-z][a-z0-9-]*\/[a-z][a-z0-9.-]*$/.test(value);

/** Such a name with a number at its end. */
const isNumbered = (value: string): boolean =>
  /^(?=\D*(?:pass|secret|token|cred|key|auth|tls|cert|login|config|pull|reg))[a-z]{2,}(?:[-._][a-z]{2,})*[-._]\d{1,5}$/.test(value);

/** Such a name or a path with digits anywhere, a constant, a switch, or a word. */
const isAnyName = (value: string): boolean =>
  (/^(?:[a-z0-9]+(?:[-._/:][a-z0-9]+)+|[A-Z]+(?:_[A-Z0-9]+)*|[A-Z]?[a-z]+(?:[A-Z][a-z]+)*|\S*[/@:]\S*)$/.test(value) && !looksRandom(value)) ||
  /\s/.test(value);

const isWord = (value: string): boolean => /^[a-z]{2,15}$/.test(value);

/** An address in which nobody's name, no hook and nothing random stands. */
const isPlainUrl = (value: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\/[^@]*$/i.test(value) && !/hook|[A-Za-z0-9_-]{16,}/i.test(value.replace(/^[^:]*:\/\/[^/]*/, ""));

/** A few letters and digits in quotes, which no version and no size is. */
const isShortToken = (value: string): boolean => /^(?=\S*[A-Za-z])(?=\S*\d)[^\s:]{5,}$/.test(value) && !/^v?\d+(?:\.\w+)*[a-z]{0,2}$/.test(value);

/** Letters and digits or marks in one word of eight or more, as prose has none. */
const isMixed = (value: string): boolean => value.length >= 8 && /[A-Za-z]/.test(value) && /[0-9]|[a-z][A-Z]|[!#%^*+~]/.test(value);
