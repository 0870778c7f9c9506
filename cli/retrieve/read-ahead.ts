/** Reads at any place, one at a time; `close` ends what is still coming. */
export type ReadAhead = { readonly read: (start: number, end: number) => AsyncGenerator<Buffer>; readonly close: () => Promise<void> };

/** What nobody wants in front of what is wanted is passed over up to here, instead of asking anew behind it. */
const gapBytes = 256 * 1024;

/** How much more than is wanted is asked for, once one piece after the other is read: at first, and at most after it was doubled each time. */
const [firstAhead, mostAhead] = [1024 ** 2, 64 * 1024 ** 2];

/** An answer that is still coming: bytes from `at` to before `end`, of which `rest` are here. */
type Coming = { readonly pieces: AsyncGenerator<Buffer>; readonly end: number; at: number; rest: Buffer };

/** Reads pieces of something of `size` bytes that `begin` asks for, a few large ones where they follow each other; what was asked for in vain is not more than what was read. */
export function createReadAhead(size: number, begin: (start: number, end: number) => AsyncGenerator<Buffer>): ReadAhead {
  let ahead = 0;
  let coming: Coming | undefined;
  let pending: Promise<unknown> = Promise.resolve();

  const take = async (answer: Coming, most: number): Promise<Buffer> => {
    if (answer.rest.length === 0) {
      const next = answer.pieces.next();
      pending = next;
      answer.rest = (await next).value ?? answer.rest;
    }
    const bytes = answer.rest.subarray(0, most);
    answer.rest = answer.rest.subarray(bytes.length);
    answer.at += bytes.length;
    return bytes;
  };
  const close = async (): Promise<void> => {
    const { pieces } = coming ?? {};
    coming = undefined;
    await pieces?.return(undefined);
  };
  return {
    close,
    async *read(start, end) {
      // Whoever had enough of the read before may have left while it waited for more.
      await pending.catch(() => undefined);
      for (let at = start; at < end;) {
        const gap = coming === undefined ? -1 : at - coming.at;
        const isNear = gap >= 0 && gap <= gapBytes;
        if (coming === undefined || !isNear || coming.at === coming.end) {
          ahead = isNear ? Math.min(mostAhead, Math.max(firstAhead, 2 * ahead)) : 0;
          await close();
          const last = Math.min(size, Math.max(end, at + ahead));
          coming = { pieces: begin(at, last), end: last, at, rest: Buffer.alloc(0) };
        } else if (gap > 0) await take(coming, gap);
        else {
          const bytes = await take(coming, end - at);
          at += bytes.length;
          yield bytes;
        }
      }
    },
  };
}
