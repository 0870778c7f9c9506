import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, chownSync, constants, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import type { Place } from "./start-cli.ts";
import { makePlace, root, runCli, shellsPlugin, startCli } from "./start-cli.ts";

/** A person without any right of root's, on a tree that they cloned. */
const user = { id: 1000, words: ["setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", "--"] } as const;
const tree = mkdtempSync("/tmp/ax-tree-");
after(() => rmSync(tree, { recursive: true, force: true }));
for (const name of ["cli", "core", "dist", "embedded", "plugins", "reports", "package.json"]) cpSync(join(root, name), join(tree, name), { recursive: true });
symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
spawnSync("chmod", ["-R", "go+rX,u+w", tree]);

const isRoot = process.getuid?.() === 0;
const oldNode = "/usr/bin/node";
const noUser =
  isRoot && spawnSync("setpriv", ["--version"]).status === 0 && isOpen(root) ? false : "only root can become another user, on a tree that others can read";
const noLimits =
  noUser === false && spawnSync("unshare", ["-Ur", "sh", "-c", "echo 0 >/proc/sys/user/max_user_namespaces"]).status === 0
    ? false
    : "this machine can't take namespaces away from a process";
/** The kernel then refuses what containers need, as where they are switched off. */
const withoutNamespaces = (...map: readonly string[]): readonly string[] => [
  "unshare",
  "-U",
  ...map,
  "--keep-caps",
  "sh",
  "-c",
  'echo 0 >/proc/sys/user/max_user_namespaces && echo 0 >/proc/sys/user/max_pid_namespaces && exec "$@"',
  "sh",
];
const nobody = "http://127.0.0.1:9";
/** What an installed asdic starts; one of the machines runs the sources. */
const cli = [process.execPath, join(tree, "dist/cli/main.js")];

const machines: readonly {
  readonly of: string;
  readonly skip: string | false;
  readonly command: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly isLong?: true;
}[] = [
  {
    of: "without root, behind a proxy that is not there",
    skip: noUser,
    command: [...user.words, ...cli],
    environment: { HTTPS_PROXY: nobody, https_proxy: nobody, HTTP_PROXY: nobody, http_proxy: nobody, ALL_PROXY: nobody },
  },
  { of: "without namespaces", skip: noLimits, command: [...user.words, ...withoutNamespaces("--map-user=1000", "--map-group=1000"), ...cli] },
  { of: "as root of a container that may do nothing", skip: noLimits, command: [...user.words, ...withoutNamespaces("-r"), ...cli] },
  {
    of: "with an older Node.js as the only one, and a long TMPDIR",
    skip: noUser || (!existsSync(oldNode) && `there is no ${oldNode}`),
    command: [...user.words, oldNode, join(tree, "cli/asdic.mjs")],
    environment: { PATH: "/usr/bin:/bin" },
    isLong: true,
  },
];

describe("asdic run --embedded", { concurrency: 2 }, () => {
  for (const { of, skip, command, environment, isLong } of machines)
    it(`passes all built-in plugins ${of}`, { skip }, async (context) => {
      const place = makePlace(context);
      const temporary = isLong === true ? join(place.temporary, "long ".repeat(30)) : place.temporary;
      mkdirSync(temporary, { recursive: true });
      giveAway(place, temporary);
      const { code, stdout, stderr } = await runCli(context, ["run", "--embedded"], { ...place, temporary, command, ...(environment && { environment }) });
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout, /node-facts +passed +passed \d+\nsmoke +passed +passed \d+\n/);
      assert.deepEqual(
        readdirSync(place.cwd)
          .map((name) => name.replace(/^.*_asdic_.*\.tar/, "TAR"))
          .toSorted(),
        ["TAR.gz", "junit.xml", "report.html"],
      );
      assert.deepEqual(readdirSync(temporary), []);
    });

  it("says without namespaces why a shell can't run", { skip: noLimits }, async (context) => {
    const place = makePlace(context);
    giveAway(place, place.temporary);
    const command = [...user.words, ...withoutNamespaces("-r"), ...cli];
    const started = startCli(context, ["run", "--embedded", "-p", shellsPlugin], { ...place, command });
    await started.untilSaid(/problem: shells, .*busybox.*: this machine gives asdic no namespaces/);
    started.child.kill("SIGINT");
    assert.equal(await started.ended, 130);
  });

  it("says before it starts anything that nothing can be written here", { skip: noUser }, async (context) => {
    const place = makePlace(context);
    giveAway(place, place.temporary);
    chmodSync(place.cwd, 0o555);
    const { code, stdout, stderr } = await runCli(context, ["run", "--embedded"], { ...place, command: [...user.words, ...cli] });
    assert.deepEqual([code, stdout], [2, ""]);
    assert.equal(
      stderr,
      `error: ${place.cwd}: you may not write there, and tarball and reports are to lie in it.\nGo to a folder of your own, or name one by -o.\n`,
    );
  });
});

function giveAway(place: Place, temporary: string): void {
  for (const path of [dirname(place.cwd), place.cwd, place.temporary, temporary]) chownSync(path, user.id, user.id);
}

function isOpen(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
  } catch {
    return false;
  }
  return spawnSync("setpriv", [...user.words.slice(1), "test", "-r", join(path, "node_modules/commander/package.json")]).status === 0;
}
