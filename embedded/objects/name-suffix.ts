import { createHash, randomInt } from "node:crypto";

/** Letters that make no words, and nothing that looks like another. Source: k8s.io/apimachinery, pkg/util/rand. */
const letters = "bcdfghjklmnpqrstvwxz2456789";

/** The random end of a generated name. */
export const randomSuffix = (length: number): string => Array.from({ length }, () => letters[randomInt(letters.length)]).join("");

/** An end of a name that is the same for the same text. */
export const hashedSuffix = (text: string, length: number): string =>
  [...createHash("sha256").update(text).digest().subarray(0, length)].map((byte) => letters[byte % letters.length]).join("");
