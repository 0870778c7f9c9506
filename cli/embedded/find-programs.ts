import { existsSync } from "node:fs";
import { join } from "node:path";
import { KnownError } from "../../core/contract/known-error.ts";

/** Where the built programs of asdic's own image and the built-in world are, both of this very version; KnownError "invalid-file" where nothing was built. */
export function findPrograms(): { readonly programs: string; readonly world: string } {
  const isSource = import.meta.filename.endsWith(".ts");
  // A bundle lies one folder below dist/, this file two below the tree.
  const root = join(import.meta.dirname, isSource ? "../.." : "..");
  const programs = isSource ? join(root, "dist") : root;
  if (!existsSync(join(programs, "aggregator/main.js")))
    throw new KnownError("invalid-file", `${programs}: asdic's programs, which the embedded cluster runs in its pods, are not built.`, {
      hint: "Run `npm run build`.",
    });
  return { programs, world: join(isSource ? join(root, "embedded/world") : join(root, "embedded"), "world.yaml") };
}
