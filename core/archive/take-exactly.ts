import { KnownError } from "../contract/known-error.ts";
import { quoteName } from "./safe-name.ts";

/** What is to be added under a name: `chunks` must give exactly `size` bytes. */
type Announced = { readonly name: string; readonly size: number; readonly chunks: AsyncIterable<Buffer> };

/** The chunks as they come; throws KnownError "transfer-failed" when they are more or fewer bytes than announced, and never gives more. */
export async function* takeExactly({ name, size, chunks }: Announced): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > size) break;
    yield chunk;
  }
  if (length !== size) throw wrongSize({ name, size }, length > size ? "more" : String(length));
}

/** The error for what has another size than was announced. */
export const wrongSize = ({ name, size }: Omit<Announced, "chunks">, found: string): KnownError =>
  new KnownError("transfer-failed", `${quoteName(name)} was to have ${size} bytes and had ${found}: it changed while it was read.`, {
    hint: "Try again once nothing writes to it.",
  });
