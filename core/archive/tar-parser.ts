import { extract } from "tar-stream";
import type { ExtractEvents, Header } from "tar-stream";

/** tar-stream's stream of an entry's content. */
export type Source = ExtractEvents["entry"][1];

/** An entry as tar-stream found it; `next` lets it look for the one after. */
export type RawEntry = { readonly header: Header & { readonly byteOffset: number }; readonly source: Source; readonly next: () => void };

/** tar-stream's parser, to be pulled: feed it chunks in one place and take entries in another. */
export type TarParser = {
  /** Resolves when the parser wants more; at once when it is broken or stopped. */
  write(chunk: Buffer): Promise<void>;
  end(): void;
  /** The next entry, undefined after the last; throws what `stop` was given, or tar-stream's own error. */
  nextEntry(): Promise<RawEntry | undefined>;
  stop(error?: Error): void;
};

export function createTarParser(onEntry: (header: RawEntry["header"]) => void): TarParser {
  const options: object = { allowUnknownFormat: true };
  const parser = extract(options);
  let failure: Error | undefined;
  let isClosed = false;
  let waiting: RawEntry | undefined;
  let wakeReader = (): void => undefined;
  let wakeWriter = (): void => undefined;
  parser.on("entry", (header, source, next) => {
    source.on("error", () => undefined);
    const raw = { header: { byteOffset: 0, ...header }, source, next: () => next() };
    onEntry(raw.header);
    waiting = raw;
    wakeReader();
  });
  parser.on("drain", () => wakeWriter());
  parser.on("error", (error) => (failure ??= error));
  parser.on("close", () => {
    isClosed = true;
    wakeReader();
    wakeWriter();
  });
  return {
    async write(chunk) {
      if (isClosed || parser.write(chunk)) return;
      await new Promise<void>((resolve) => {
        wakeWriter = resolve;
        if (isClosed) resolve();
      });
    },
    end: () => void parser.end(),
    async nextEntry() {
      if (!waiting && !isClosed) await new Promise<void>((resolve) => (wakeReader = resolve));
      const found = waiting;
      waiting = undefined;
      if (!found && failure) throw failure;
      return found;
    },
    stop(error) {
      failure ??= error;
      parser.destroy();
    },
  };
}
