import { createHash } from "node:crypto";
import type { PluginDefinition } from "../../../core/contract/plugin-definition.ts";
import type { PluginProblem } from "../problem.ts";
import { readPluginFile } from "../read-plugin-file.ts";
import { readPluginText, type ReadingContext } from "../read-plugin-text.ts";
import type { StoredPlugin } from "./stored-plugin.ts";

/** An installed plugin's definition, if its file still is what was installed; `rename` replaces the plugin's own name. */
export async function readStored(
  { name, path, origin }: StoredPlugin,
  { rename, ...context }: ReadingContext & { readonly rename?: string | undefined },
): Promise<{ readonly definition: PluginDefinition; readonly line: number } | { readonly problems: readonly PluginProblem[] }> {
  const read = await readPluginText(path, context);
  if ("refusal" in read) return { problems: [{ source: path, message: read.refusal }] };
  if (origin !== undefined && hashText(read.text) !== origin.sha256)
    return {
      problems: [
        { source: path, message: `is no longer the file that was installed; \`asdic plugins install ${name} FILE --force\` installs it as it is now` },
      ],
    };
  return readPluginFile({ text: read.text, source: path, name: rename });
}

/** SHA-256 in hex. */
export const hashText = (text: string): string => createHash("sha256").update(text).digest("hex");
