/** JSON in which controls and directions are escaped, so that it may be shown in a terminal; a parser gives every string back as it was. */
export const escapeJson = (json: string): string =>
  json.replaceAll(hiddenCharacters, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** All of them outside of what JSON.stringify escapes itself, and only ever inside of strings. */
const hiddenCharacters = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
