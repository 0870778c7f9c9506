import type { Readable } from "node:stream";

/** The pages of a list by their tokens, of which one may be on its way while the one before it is still being read. */
export type Pages = {
  take(token: string): Promise<Readable>;
  /** Asks for a page that will be taken next, as far as one can see. Its errors are those of `take`. */
  foresee(token: string): void;
  /** Gives up what was not taken. */
  close(): void;
};

/** Asks for each page when it is foreseen or taken, for one at most that is not taken yet. */
export function askAhead(ask: (token: string) => Promise<Readable>): Pages {
  let ahead: { readonly token: string; readonly body: Promise<Readable> } | undefined;
  const close = (): void => {
    ahead?.body.then((body) => body.destroy()).catch(() => undefined);
    ahead = undefined;
  };
  return {
    close,
    foresee: (token) => {
      if (ahead?.token === token) return;
      close();
      ahead = { token, body: ask(token) };
      // Nobody listens until it is taken.
      ahead.body.then((body) => body.on("error", () => undefined)).catch(() => undefined);
    },
    take: (token) => {
      if (ahead?.token !== token) return ask(token);
      const { body } = ahead;
      ahead = undefined;
      return body;
    },
  };
}
