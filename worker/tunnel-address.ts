import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WorkerSettings } from "../core/contract/worker-wire.ts";

/**
 * The path of the socket at which a worker of these settings takes what the aggregator brings. On Linux it is no file, because a worker may write none, and no
 * port, because on a node's network that may be somebody else's; the run's CA is in it, so that no two runs meet there.
 */
export function tunnelAddress({ ca, plugin, node }: Pick<WorkerSettings, "ca" | "plugin" | "node">): string {
  const name = `asdic-${createHash("sha256")
    .update(JSON.stringify([ca, plugin, node]))
    .digest("hex")
    .slice(0, 32)}`;
  return process.platform === "linux" ? `\0${name}` : join(tmpdir(), name);
}
