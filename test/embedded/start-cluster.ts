import { readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { after } from "node:test";
import type { EmbeddedCluster } from "../../embedded/start-embedded.ts";
import { startEmbedded } from "../../embedded/start-embedded.ts";

/** An embedded cluster with the built-in world, as long as the test file runs. */
export async function startCluster(): Promise<EmbeddedCluster> {
  const root = join(import.meta.dirname, "../..");
  const end = new AbortController();
  const cluster = await startEmbedded({
    folder: await mkdtemp("/tmp/asdic-"),
    programs: join(root, "dist"),
    ownImage: (name) => name === "asdic:test",
    world: { text: readFileSync(join(root, "embedded/world/world.yaml"), "utf8"), name: "world.yaml" },
    port: 0,
    signal: end.signal,
  });
  after(() => cluster.close());
  return cluster;
}
