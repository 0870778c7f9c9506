import { StringDecoder } from "node:string_decoder";

/**
 * Gives each name of an upload, in their order, as one that can lie in a folder beside those before: a tar may hold a name twice, or a file where it has a
 * folder too, and all are kept, because nothing says which one was meant. Parts of more than 240 bytes, and paths of more than 3,500, are cut.
 */
export function createDistinctNames(): (name: string) => string {
  const files = new Set<string>();
  const folders = new Set<string>();
  const numbers = new Map<string, number>();
  return (name) => {
    let path = "";
    const parts = cut(name, longestPath).split("/");
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1;
      const wanted = `${index === 0 ? "" : `${path}/`}${cut(part, longestPart)}`;
      path = wanted;
      // A tar of 200,000 times the same name must not be counted through for each of them.
      for (let number = isLast ? (numbers.get(wanted) ?? 2) : 2; files.has(path) || (isLast && folders.has(path)); number++) {
        path = `${wanted}~${number}`;
        if (isLast) numbers.set(wanted, number + 1);
      }
      if (!isLast) folders.add(path);
    }
    files.add(path);
    return path;
  };
}

/** What comes in front of it in the tarball fits into the 4,096 bytes that a path may have. */
const longestPath = 3500;
/** File systems take 255; a number may follow. */
const longestPart = 240;

const cut = (text: string, bytes: number): string =>
  Buffer.byteLength(text) <= bytes ? text : `${new StringDecoder("utf8").write(Buffer.from(text).subarray(0, bytes))}~`;
