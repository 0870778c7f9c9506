import { spawn } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { toolVersion } from "../tool-version.ts";
import { findPrograms } from "./find-programs.ts";

export type EmbeddedFlags = { readonly world?: string | undefined; readonly port?: number | undefined };

/** An embedded cluster of this process. */
export type OpenedEmbedded = { readonly url: string; readonly kubeconfig: string; readonly kubeconfigFile: string; close(): Promise<void> };

/** Starts the embedded cluster (design D11), which lasts until `close` or the signal; nothing of it outlives this process, however that ends. */
export async function openEmbedded({ cwd, signal }: Pick<CommandContext, "cwd" | "signal">, { world, port = 0 }: EmbeddedFlags): Promise<OpenedEmbedded> {
  const found = findPrograms();
  const worldFile = world === undefined ? found.world : resolve(cwd, world);
  const text = await readFile(worldFile, "utf8").catch((error: unknown) => {
    throw new KnownError("invalid-file", `${worldFile}: can't be read.`, { hint: "--world names a YAML file of Kubernetes objects.", cause: error });
  });
  const { startEmbedded } = await import("../../embedded/start-embedded.ts");
  // Sockets lie in it, whose paths may have a hundred bytes.
  const folder = await mkdtemp(join(tmpdir().length > 40 ? "/tmp" : tmpdir(), "asdic-"));
  const sweeper = startSweeper(folder);
  try {
    const cluster = await startEmbedded({
      folder,
      programs: found.programs,
      ownImage: (name) => name === `ghcr.io/asdic/asdic:v${toolVersion}` || name === "ghcr.io/asdic/asdic:dev",
      world: { text, name: world ?? "world.yaml" },
      port,
      signal,
    });
    const kubeconfigFile = join(folder, "kubeconfig");
    await writeFile(kubeconfigFile, cluster.kubeconfig, { mode: 0o600 });
    return {
      url: cluster.url,
      kubeconfig: cluster.kubeconfig,
      kubeconfigFile,
      async close() {
        await cluster.close();
        await sweeper.end();
      },
    };
  } catch (error) {
    await sweeper.end();
    throw error;
  }
}

/** Removes the folder when told, and also when this process ends in a way that leaves it no time. */
function startSweeper(folder: string): { end(): Promise<void> } {
  const sweeper = spawn("/bin/sh", ["-c", 'cat >/dev/null; i=0; while ! rm -rf "$1" && [ $i -lt 20 ]; do i=$((i+1)); sleep 0.1; done', "sh", folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  sweeper.unref();
  const ended = new Promise<void>((done) => sweeper.once("close", () => done()));
  return {
    async end() {
      sweeper.ref();
      sweeper.stdin.end();
      await ended;
    },
  };
}
