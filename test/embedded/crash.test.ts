import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { isolations } from "./nodes/containers/open-bench.ts";
import { findLeftovers, findMemoryFolders, untilNothingIsLeft } from "./find-leftovers.ts";

describe("a cluster with containers that run and containers that are frozen", { concurrency: 2 }, () => {
  for (const isolation of isolations)
    for (const end of ["killed", "closed"] as const)
      it(`${isolation}: nothing is left when it is ${end}`, async (context) => {
        const parent = mkdtempSync("/tmp/ax-");
        const folder = join(parent, "asdic-1");
        mkdirSync(folder);
        context.after(() => rmSync(parent, { recursive: true, force: true }));
        const child = spawn(process.execPath, [join(import.meta.dirname, "cluster-process.ts"), folder, isolation], { stdio: ["pipe", "pipe", "inherit"] });
        context.after(() => void child.kill("SIGKILL"));
        const ended = once(child, "close");
        const [said] = await Promise.race([once(child.stdout, "data"), ended]);
        assert.equal(String(said), "up\n");
        const memory = findMemoryFolders(parent);
        assert.ok(findLeftovers(parent).filter((found) => found.startsWith("process")).length >= 4);
        if (end === "killed") child.kill("SIGKILL");
        else child.stdin.end();
        await ended;
        await untilNothingIsLeft(parent);
        assert.deepEqual(memory.filter(existsSync), []);
      });
});
