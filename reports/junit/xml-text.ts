import { stripVTControlCharacters } from "node:util";

/** Text as XML 1.0 takes it: without colours and other escape sequences; what it forbids or discourages is marked as `\u{…}`, and halves of surrogate pairs become U+FFFD. */
export const xmlText = (text: string): string =>
  unusual.test(text)
    ? stripVTControlCharacters(text.toWellFormed()).replaceAll(forbidden, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    : text;

// eslint-disable-next-line no-control-regex -- control characters are what it is for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
/** Most texts have nothing of it, and are many. */
// eslint-disable-next-line no-control-regex -- control characters are what it is for
const unusual = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/;
