import { extract } from "tar-stream";
import type { ExtractEvents, Header } from "tar-stream";

/** tar-stream's stream of an entry's content. */
export type Source = ExtractEvents["entry"][1];

/** An entry as tar-stream found it: where its content begins, which is `source`; `next` lets the parser look for the one after. */
export type RawEntry = { readonly header: Header; readonly byteOffset: number; readonly source: Source; readonly next: () => void };

/** tar-stream's parser, fed at one side and pulled at the other, one entry at a time. */
export type TarParser = {
  /** Resolves with whether there is a use for more. */
  readonly write: (chunk: Buffer) => Promise<boolean>;
  readonly end: () => void;
  /** The next entry; undefined after the last, or when stopped. Throws tar-stream's error for what is no tar. */
  readonly nextEntry: () => Promise<RawEntry | undefined>;
  readonly stop: () => void;
};

/** Makes a parser; `onEntry` is told of each entry at once, before what follows is looked at. */
export function createTarParser(onEntry: (entry: RawEntry) => void): TarParser {
  // Tars older than ustar have a checksum too. tar-stream's types leave the option out.
  const options: object = { allowUnknownFormat: true };
  const parser = extract(options);
  let failure: Error | undefined;
  let isClosed = false;
  let found: RawEntry | undefined;
  let wakeReader = (): void => undefined;
  let wakeWriter = (): void => undefined;
  parser.on("entry", (header, source, next) => {
    source.on("error", () => undefined);
    found = { header, byteOffset: offsetOf(header), source, next: () => next() };
    onEntry(found);
    wakeReader();
  });
  parser.on("drain", () => wakeWriter());
  parser.on("error", (error) => (failure = error));
  parser.on("close", () => {
    isClosed = true;
    wakeReader();
    wakeWriter();
  });
  return {
    write: async (chunk) => {
      if (!isClosed && !parser.write(chunk)) await new Promise<void>((resolve) => (wakeWriter = resolve));
      return !isClosed;
    },
    end: () => void parser.end(undefined),
    nextEntry: async () => {
      if (!found && !isClosed) await new Promise<void>((resolve) => (wakeReader = resolve));
      if (!found && failure) throw failure;
      const entry = found;
      found = undefined;
      return entry;
    },
    stop: () => {
      parser.destroy();
    },
  };
}

/** tar-stream knows it; its types do not. */
const offsetOf = (header: Header): number => ("byteOffset" in header && typeof header.byteOffset === "number" ? header.byteOffset : 0);
