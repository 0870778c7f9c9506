/**
 * Makes XML out of what tools write that forget what XML can't hold: control characters, as they are or as &#27;, become their pictures (␛), and other
 * forbidden ones U+FFFD. Feed it pieces in order; what it gives back lacks a reference that is cut at the end until the rest of it comes.
 */
export function cleanXml(): { readonly clean: (piece: string) => string; readonly rest: () => string } {
  let held = "";
  return {
    clean: (piece) => {
      const text = held + piece;
      const reference = text.lastIndexOf("&");
      const isCut = reference >= text.length - longestReference && reference !== -1 && !text.includes(";", reference);
      held = isCut ? text.slice(reference) : "";
      return replaceForbidden(isCut ? text.slice(0, reference) : text);
    },
    rest: () => replaceForbidden(held),
  };
}

const longestReference = 12;

const replaceForbidden = (text: string): string => replaceReferences(text.replaceAll(forbidden, (character) => picture(character.charCodeAt(0))));

// oxlint-disable-next-line no-control-regex -- these are what is looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** Not those that Go writes for quotes and white space: thousands of them are in each report. */
const references = /&#(?!(?:x[9AD]|3[49]);)(?:x([0-9a-fA-F]{1,8})|(\d{1,8}));/g;

const replaceReferences = (text: string): string =>
  text.includes("&#")
    ? text.replaceAll(references, (reference, hex: string | undefined, decimal: string | undefined) => {
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        return isAllowed(code) ? reference : picture(code);
      })
    : text;

const picture = (code: number): string => (code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd");

/** Char of XML 1.0. */
const isAllowed = (code: number): boolean =>
  code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
