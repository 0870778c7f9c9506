/** What waits to be written to a reader. Reading ends when all is read and `end` was called. */
export type Lines = {
  /** When more than the limit waits, it is left out with all that follows, and the reading ends: the reader gets no gap. */
  push(line: string): void;
  end(): void;
  read(): AsyncGenerator<string, void, void>;
};

/** `first` doesn't count for the limit. */
export function createLines(first: readonly string[], limit: number): Lines {
  const waiting = [...first].toReversed();
  const behind: string[] = [];
  let ended = false;
  let wake = (): void => undefined;
  const end = (): void => {
    ended = true;
    wake();
  };
  return {
    push(line) {
      if (ended) return;
      if (behind.length >= limit) return end();
      behind.push(line);
      wake();
    },
    end,
    async *read() {
      for (;;) {
        const line = waiting.pop() ?? behind.shift();
        if (line !== undefined) yield line;
        else if (ended) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
