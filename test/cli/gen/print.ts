import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { toolVersion } from "../../../cli/tool-version.ts";
import { runCli, type Ended } from "../../faults/run-cli.ts";

/** Runs a command of the CLI, without a cluster, in a folder with these files, which is gone after the test file. */
export async function createPrinter(files: Readonly<Record<string, string | Buffer>>): Promise<(words: readonly string[]) => Promise<Ended>> {
  const cwd = await mkdtemp(join(tmpdir(), "asdic-gen-"));
  after(() => rm(cwd, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(cwd, name), content);
  return async (words) => {
    const { stdout, stderr, ...ended } = await runCli(words, { kubeconfig: join(cwd, "none"), cwd, signal: AbortSignal.timeout(60_000) });
    const clean = (text: string): string => text.replaceAll(cwd, "FOLDER");
    return { ...ended, stdout: clean(stdout), stderr: clean(stderr) };
  };
}

/** A manifest without what follows from asdic's version. */
export function renderStable(manifest: string): string {
  const id = /^# Run ([a-z0-9]{8}) /.exec(manifest)?.[1] ?? "no id";
  return manifest
    .replaceAll(id, "RUN-ID")
    .replaceAll(`asdic ${toolVersion} `, "asdic VERSION ")
    .replaceAll(`"toolVersion":"${toolVersion}"`, '"toolVersion":"VERSION"');
}
