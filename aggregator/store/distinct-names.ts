import { StringDecoder } from "node:string_decoder";

/**
 * Gives each name of an upload, in their order, as one that can lie in a folder beside those before: a tar may hold a name twice, or a file where it has a
 * folder too, and all are kept, because nothing says which one was meant. Parts of more than 240 bytes, and paths of more than 3,500, are cut.
 */
export function createDistinctNames(): (name: string) => string {
  const files = new Set<string>();
  const folders = new Set<string>();
  const numbers = new Map<string, number>();
  const found = new Map<string, string>();
  // What was found once is kept: a tar of 200,000 times the same name must not be counted through for each of them.
  const findFolder = (wanted: string): string => {
    let path = found.get(wanted) ?? wanted;
    for (let number = 2; files.has(path); number++) path = `${wanted}~${number}`;
    found.set(wanted, path);
    return path;
  };
  const findFree = (wanted: string): string => {
    let path = wanted;
    for (let number = numbers.get(wanted) ?? 2; files.has(path) || folders.has(path); number++) {
      path = `${wanted}~${number}`;
      numbers.set(wanted, number + 1);
    }
    return path;
  };
  return (name) => {
    let path = "";
    const parts = cut(name, longestPath).split("/");
    for (const [index, part] of parts.entries()) {
      const wanted = `${index === 0 ? "" : `${path}/`}${cut(part, longestPart)}`;
      const isLast = index === parts.length - 1;
      path = isLast ? findFree(wanted) : findFolder(wanted);
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
