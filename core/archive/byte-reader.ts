/** Takes bytes off a stream, so many at a time. */
export type ByteReader = {
  /** Exactly so many bytes; undefined once there are fewer. They are not copied where they came in one piece. */
  readonly take: (count: number) => Promise<Buffer | undefined>;
  /** Whether there is nothing more. */
  readonly isOver: () => Promise<boolean>;
};

/** A reader of these chunks; what they fail with is passed on. Nothing may be called before what was called last has ended. */
export function createByteReader(chunks: AsyncIterator<Buffer>): ByteReader {
  let pieces: Buffer[] = [];
  let held = 0;

  const fill = async (count: number): Promise<boolean> => {
    while (held < count) {
      const { done, value } = await chunks.next();
      if (done === true) return false;
      pieces.push(value);
      held += value.length;
    }
    return true;
  };
  return {
    take: async (count) => {
      if (!(await fill(count))) return undefined;
      const [first = Buffer.alloc(0)] = pieces;
      const whole = pieces.length === 1 ? first : Buffer.concat(pieces, held);
      held -= count;
      pieces = held === 0 ? [] : [whole.subarray(count)];
      return whole.subarray(0, count);
    },
    isOver: async () => !(await fill(1)),
  };
}
