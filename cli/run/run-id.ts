import { randomBytes as systemRandomBytes } from "node:crypto";

const idCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Eight letters and digits, each equally likely. */
export function makeRunId(randomBytes: (size: number) => Uint8Array = systemRandomBytes): string {
  let id = "";
  while (id.length < 8) for (const byte of randomBytes(16)) if (byte < 252 && id.length < 8) id += idCharacters[byte % idCharacters.length] ?? "";
  return id;
}
