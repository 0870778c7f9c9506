import { isHarmless } from "./is-harmless.ts";

/** Whether a word of a sentence is a password or token: letters and digits in one, and no name, path, version, time or address. */
export const isToken = (word: string): boolean =>
  /[A-Za-z]/.test(word) &&
  /\d|^(?:[A-Z]?[a-z]*[A-Z]){4}/.test(word) &&
  !isHarmless(word) &&
  // A signed token has a rule of its own, which takes it whole.
  !word.startsWith("eyJ") &&
  !/^(?:v?\d+(?:[.]\w+)*[a-z]{0,2}|\d{1,4}[-:/]\d.*|[a-z][a-z-]*\/.*|[a-z]+(?:-[a-z0-9]+)+|https?:.*|sha\d+:.*|\d+(?:ms|s|m|h|d)\b.*|[A-Z][a-z]+Exception)[.,;)]*$/.test(
    word,
  );
