import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { readFailure } from "../read-failure.ts";
import { toolVersion } from "../tool-version.ts";
import { findPrograms } from "./find-programs.ts";

export type EmbeddedFlags = { readonly world?: string | undefined; readonly port?: number | undefined };

/** An embedded cluster of this process. */
export type OpenedEmbedded = { readonly url: string; readonly kubeconfig: string; readonly kubeconfigFile: string; close(): Promise<void> };

/** asdic's image of this very version, which the embedded cluster has on all of its nodes. */
export const ownImage = `ghcr.io/asdic/asdic:v${toolVersion}`;

/** Starts the embedded cluster (design D11), which lasts until `close` or the signal; nothing of it outlives this process, however that ends. */
export async function openEmbedded({ cwd, signal }: Pick<CommandContext, "cwd" | "signal">, { world, port = 0 }: EmbeddedFlags): Promise<OpenedEmbedded> {
  const found = findPrograms();
  const worldFile = world === undefined ? found.world : resolve(cwd, world);
  const text = await readFile(worldFile, "utf8").catch((error: unknown) => {
    throw new KnownError("invalid-file", `--world ${world ?? worldFile}: ${readFailure(error) ?? String(error)}.`, {
      hint: "--world names a YAML file of Kubernetes objects.",
      cause: error,
    });
  });
  const { startEmbedded } = await import("../../embedded/start-embedded.ts");
  const folder = await makeFolder();
  try {
    const cluster = await startEmbedded({
      folder,
      programs: found.programs,
      ownImage: (name) => name === ownImage || name === "ghcr.io/asdic/asdic:dev",
      world: { text, name: world ?? "world.yaml" },
      port,
      signal,
    });
    const kubeconfigFile = join(folder, "kubeconfig");
    await writeFile(kubeconfigFile, cluster.kubeconfig, { mode: 0o600 });
    return { url: cluster.url, kubeconfig: cluster.kubeconfig, kubeconfigFile, close: () => cluster.close() };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Sockets lie in it, whose paths may have a hundred bytes. */
async function makeFolder(): Promise<string> {
  const parent = Buffer.byteLength(tmpdir()) > 40 ? "/tmp" : tmpdir();
  return mkdtemp(join(parent, "asdic-")).catch((error: unknown) => {
    throw new KnownError("wrong-usage", `${parent}: no folder can be made there (${codeOf(error)}), and the embedded cluster needs one while it runs.`, {
      hint: "Name another place by the variable TMPDIR, with a path of at most 40 bytes.",
      cause: error,
    });
  });
}

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : String(error));
