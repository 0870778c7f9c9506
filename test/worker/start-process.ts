import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WorkerSettings } from "../../core/contract/worker-wire.ts";
import { bundlePrograms } from "../bundle-programs.ts";

/** How the image starts the worker: interpreted only and with small heaps, because there is one beside every plugin's pod. */
const flags = ["--jitless", "--max-semi-space-size=1", "--max-old-space-size=24"];

/** The worker as a process of its own, bundled as in the image. `run` starts one; `remove` takes the bundle away. */
type WorkerProgram = {
  readonly run: (settings: WorkerSettings | string, user?: number) => WorkerProcess;
  readonly remove: () => Promise<void>;
};
export type WorkerProcess = { readonly child: ChildProcess; readonly lines: string[]; readonly exit: Promise<number | null> };

export async function buildWorkerProgram(): Promise<WorkerProgram> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-worker-bundle-"));
  await chmod(folder, 0o755);
  const [outfile, worker] = [join(folder, "main.mjs"), join(import.meta.dirname, "../../worker")];
  const entryPoints = [join(worker, "main.ts"), join(worker, "redact.ts")];
  await bundlePrograms(entryPoints, folder);
  return {
    run(settings, user) {
      const value = typeof settings === "string" ? settings : JSON.stringify(settings);
      const child = spawn(process.execPath, [...flags, outfile], {
        env: { ASDIC_WORKER: value },
        stdio: ["ignore", "pipe", "inherit"],
        ...(user === undefined ? {} : { uid: user, gid: user }),
      });
      const lines: string[] = [];
      let rest = "";
      child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        const parts = (rest + text).split("\n");
        rest = parts.pop() ?? "";
        lines.push(...parts);
      });
      return { child, lines, exit: once(child, "close").then(([code]) => (typeof code === "number" ? code : null)) };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
