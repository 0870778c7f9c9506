import { hidden } from "./is-harmless.ts";
import { looksRandom } from "./looks-random.ts";

/** Whether of what was found nothing is left to hide: it is what stands for a secret, perhaps with its surroundings, such as the lines around a key or the start of a hash. */
export function isHiddenAlready(text: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
  if (text.startsWith(hidden, start)) return true;
  const found = end - start > longest ? "" : text.slice(start, end);
  if (/^\$\w{1,8}\$[^$]{1,60}\$REDACTED$/.test(found)) return true;
  return found.includes(hidden) && !found.split(hidden).some((part) => part.split(/%[0-9A-F]{2}|[^A-Za-z0-9+/_-]+/).some(looksRandom));
}

const longest = 8192;
