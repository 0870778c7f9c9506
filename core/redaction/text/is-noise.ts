import { isUtf8 } from "node:buffer";
import type { Hit } from "./find-hits.ts";

/** Whether a hit in bytes that are no UTF-8 is noise, as of pictures and random data, where any few characters come up; `text` has a character a byte. */
export function isNoise(text: string, { start, end, rule }: Hit): boolean {
  const secret = text.slice(start, Math.min(end, start + longest));
  // Addresses are printable by what they are, and come up by chance more often.
  if (rule !== "e-mail" && printable.test(secret)) return false;
  const around = end - start > longest ? secret : text.slice(Math.max(0, start - reach), end + reach);
  // Old encodings of text have hardly any control characters, and a character's first or last byte may be cut off here.
  return controls.test(around) && !isUtf8(Buffer.from(around.replace(brokenEnds, ""), "latin1"));
}

const reach = 16;
const longest = 32;
/** By chance once in four hundred times that the name in front of it comes up by chance. */
const printable = /^[\t\r\n -~]{6,}$/;
// eslint-disable-next-line no-control-regex -- control characters are what it is for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f]|[\u0080-\u009f][^]*[\u0080-\u009f]/;
const brokenEnds = /^[\u0080-\u00bf]{1,3}|[\u00c0-\u00ff][\u0080-\u00bf]{0,2}$/g;
