/** Whether a text that stands there without quotes is read as a text by go-yaml, and by those who go by YAML 1.1's numbers of base 60. */
export function isPlainString(text: string): boolean {
  if (words.has(text)) return false;
  if (/^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text)) return false;
  if (/^[0-9.+-]/.test(text)) return !isNumber(text) && !isMoment(text);
  return true;
}

const words = new Set(
  ["y", "Y", "n", "N", "~", "", ".nan", ".NaN", ".NAN"]
    .concat(...["yes", "no", "on", "off", "true", "false", "null"].map((word) => [word, word.toUpperCase(), `${word.charAt(0).toUpperCase()}${word.slice(1)}`]))
    .concat(...["", "+", "-"].map((sign) => [".inf", ".Inf", ".INF"].map((word) => sign + word))),
);

/** In Go's forms, with `_` anywhere. */
function isNumber(text: string): boolean {
  const plain = text.replaceAll("_", "");
  return (
    /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9][0-9]*)$/.test(plain) || /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(plain)
  );
}

const isMoment = (text: string): boolean =>
  /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d))|(?: \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?))?$/.test(text);
