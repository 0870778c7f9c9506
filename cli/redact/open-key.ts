import { randomBytes } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";

/** The key for tokens; `keep` writes it beside what was redacted, for its owner alone. */
export type TokenKey = { readonly bytes: Uint8Array; readonly keep: () => Promise<void> };

/** The key of a file, so that the same names get the same tokens as the last time, or a new one where there is none; KnownError "invalid-file" for a file that is no key. */
export async function openKey(
  { randomBytes: random = randomBytes }: CommandContext,
  { path, isPreview }: { readonly path: string; readonly isPreview: boolean },
): Promise<TokenKey> {
  const found = isPreview ? undefined : await readFile(path, "utf8").catch(() => undefined);
  if (found !== undefined && !/^[0-9a-f]{64}\n?$/.test(found))
    throw new KnownError("invalid-file", `${path}: is no key of asdic redact.`, { hint: "Give another -o, or move that file away." });
  const bytes = found === undefined ? random(keyBytes) : Buffer.from(found.trim(), "hex");
  return {
    bytes,
    keep: async () => {
      if (found !== undefined) return;
      const file = await open(path, "wx", 0o600);
      try {
        await file.writeFile(`${Buffer.from(bytes).toString("hex")}\n`);
      } finally {
        await file.close();
      }
    },
  };
}

const keyBytes = 32;
