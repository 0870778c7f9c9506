import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, it } from "node:test";
import { findLeftovers, findMemoryFolders, untilNothingIsLeft } from "../../embedded/find-leftovers.ts";
import type { StartedCli } from "./start-cli.ts";
import { makePlace, root, shellsPlugin, startCli } from "./start-cli.ts";

const oldNode = "/usr/bin/node";

const isRefused = async (port: number): Promise<boolean> => {
  const socket = connect({ port, host: "127.0.0.1" });
  const [error] = await Promise.race([once(socket, "connect"), once(socket, "error")]).catch((reason: unknown) => [reason]);
  socket.destroy();
  return error instanceof Error;
};

/** Takes the whole cluster along when only the process that was started is killed. */
async function assertCrashLeavesNothing(cli: StartedCli, temporary: string, port?: number): Promise<void> {
  const memory = findMemoryFolders(temporary);
  assert.notDeepEqual(findLeftovers(temporary), []);
  cli.child.kill("SIGKILL");
  await untilNothingIsLeft(temporary);
  assert.deepEqual(memory.filter(existsSync), []);
  if (port !== undefined) assert.ok(await isRefused(port));
}

describe("a crash of the process", { concurrency: 3 }, () => {
  it("while shells run leaves nothing", async (context) => {
    const place = makePlace(context);
    const cli = startCli(context, ["run", "--embedded", "-p", shellsPlugin], place);
    await cli.untilSaid(/3 running/);
    await assertCrashLeavesNothing(cli, place.temporary);
  });

  it("while the cluster starts leaves nothing", async (context) => {
    const place = makePlace(context);
    const cli = startCli(context, ["run", "--embedded"], place);
    await cli.untilSaid(/Starting an embedded cluster/);
    await assertCrashLeavesNothing(cli, place.temporary);
  });

  it("of `embedded serve` leaves no port either", async (context) => {
    const place = makePlace(context);
    const cli = startCli(context, ["embedded", "serve", "-o", "kubeconfig"], place);
    await cli.untilSaid(/A cluster is up/);
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(await readFile(join(place.cwd, "kubeconfig"), "utf8"))?.[1]);
    assert.equal(await isRefused(port), false);
    await assertCrashLeavesNothing(cli, place.temporary, port);
  });

  it(
    "of the launcher, which an older Node.js is, ends the run and its cluster",
    { skip: !existsSync(oldNode) && `there is no ${oldNode}` },
    async (context) => {
      const place = makePlace(context);
      const cli = startCli(context, ["run", "--embedded", "-p", shellsPlugin], { ...place, command: [oldNode, join(root, "cli/asdic.mjs")] });
      await cli.untilSaid(/3 running/);
      await assertCrashLeavesNothing(cli, place.temporary);
    },
  );
});
