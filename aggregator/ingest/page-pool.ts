/** Memory for bodies that are on their way to the disk: pages of one size, so that no sender makes the heap grow, however small the pieces are in which it sends. */
export type PagePool = {
  /** An empty body. */
  hold(): HeldBody;
};

export type HeldBody = {
  readonly size: number;
  /** When its first byte came, by `performance.now()`. */
  readonly since: number;
  /** Takes all the bytes, or, when they would be more than one body may hold or than there is room for, none of them and says false. */
  add(bytes: Buffer): boolean;
  /** What it holds, one behind the other; good until it is released. */
  pieces(): readonly Buffer[];
  /** Gives its pages back; it is empty then and may be used again. */
  release(): void;
};

const pageBytes = 64 * 1024;

/** A pool of so many bytes, of which one body takes at most `bodyBytes`; pages are made when they are wanted first, and kept. */
export function createPagePool({ poolBytes, bodyBytes }: { readonly poolBytes: number; readonly bodyBytes: number }): PagePool {
  const free: Buffer[] = [];
  let unmade = Math.floor(poolBytes / pageBytes);
  const take = (): Buffer => {
    const page = free.pop();
    if (page) return page;
    unmade--;
    return Buffer.allocUnsafeSlow(pageBytes);
  };
  return {
    hold() {
      const pages: Buffer[] = [];
      let size = 0;
      let since = 0;
      return {
        get size() {
          return size;
        },
        get since() {
          return since;
        },
        add(bytes) {
          const grown = size + bytes.length;
          if (grown > bodyBytes || Math.ceil(grown / pageBytes) - pages.length > free.length + unmade) return false;
          if (size === 0) since = performance.now();
          for (let at = 0; at < bytes.length;) {
            const inPage = size % pageBytes;
            if (size === pages.length * pageBytes) pages.push(take());
            const copied = bytes.copy(pages.at(-1) ?? bytes, inPage, at);
            at += copied;
            size += copied;
          }
          return true;
        },
        pieces: () => pages.map((page, index) => page.subarray(0, Math.min(pageBytes, size - index * pageBytes))),
        release() {
          free.push(...pages.splice(0));
          size = 0;
        },
      };
    },
  };
}
