import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { addRunOptions } from "../../../../cli/commands/run-options.ts";
import type { RunFlags } from "../../../../cli/run/options.ts";
import { withConfigFile } from "../../../../cli/run/options/config-file.ts";
import { isKnownError } from "../../../../core/contract/known-error.ts";
import { createNotingContext } from "../noting-context.ts";

export type ConfigLine = { readonly flags: RunFlags; readonly notes: string };

/** The flags of a command line in a folder with these files; throws what it would throw. */
export async function readLine(words: readonly string[], files: Readonly<Record<string, string>>): Promise<ConfigLine> {
  const cwd = await mkdtemp(join(tmpdir(), "asdic-"));
  try {
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(cwd, name), text)));
    const { context, notes } = createNotingContext(cwd);
    const command = addRunOptions(new Command("run").exitOverride()).action(() => {});
    const flags = command.parse([...words], { from: "user" }).opts();
    return { flags: await withConfigFile(context, command, flags), notes: notes() };
  } finally {
    await rm(cwd, { recursive: true });
  }
}

/** What the error says of a file called `file`. */
export async function refuseFile(text: string): Promise<string> {
  const error = await readLine(["--config", "file"], { file: text }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(isKnownError(error) && error.code === "invalid-file", String(error));
  return error.message;
}
