import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, it } from "node:test";

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "asdic-package-"));
const home = join(folder, "empty");
after(() => rmSync(folder, { recursive: true, force: true }));

/** The machine's own Node.js and npm, as the person has them who installs: without the tree's node_modules/.bin. */
const path = (process.env["PATH"] ?? "")
  .split(":")
  .filter((entry) => !entry.includes("node_modules"))
  .join(":");

async function run(command: string, { cwd = home, more = {} }: { readonly cwd?: string; readonly more?: NodeJS.ProcessEnv } = {}): Promise<string> {
  const { npm_config_prefix: _, ...inherited } = process.env;
  const child = spawn("bash", ["-c", command], { cwd, env: { ...inherited, KUBECONFIG: "", PATH: path, NO_COLOR: "1", ...more } });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  assert.equal(code, 0, `${command}: ${stdout}${stderr}`);
  return stdout;
}

describe("the package that npm pack makes", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  let files: readonly string[];
  before(async () => {
    const [{ filename, files: packed }] = JSON.parse(await run(`npm pack --json --ignore-scripts --pack-destination ${folder}`, { cwd: root }));
    files = packed.map(({ path: name }: { path: string }) => name);
    mkdirSync(home);
    await run(`npm install --no-audit --no-fund ${join(folder, filename)}`);
  });

  it("holds the bundle and what starts it, and no sources", () => {
    assert.deepEqual(
      files.filter((file) => !file.startsWith("dist/")),
      ["LICENSE", "README.md", "cli/asdic.mjs", "package.json"],
    );
    assert.ok(["dist/cli/main.js", "dist/aggregator/main.js", "dist/worker/main.js", "dist/embedded/world.yaml"].every((file) => files.includes(file)));
  });

  it("runs the README's first line, installed in an empty folder, and makes both reports", async () => {
    assert.match(readme, /npm ci && npx asdic run --embedded\n/);
    assert.match(await run("npx asdic run --embedded"), /is complete, and nothing failed/);
    assert.ok(existsSync(join(home, "report.html")) && existsSync(join(home, "junit.xml")));
  });

  it("answers to kubectl asdic", async () => {
    const { version } = JSON.parse(await run("kubectl asdic version --json", { more: { PATH: `${join(home, "node_modules/.bin")}:${path}` } }));
    assert.equal(version, JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version);
  });

  it("runs the README's other lines on a cluster", async () => {
    const kubeconfig = join(folder, "kubeconfig");
    const serving = spawn("npx", ["asdic", "embedded", "serve", "-o", kubeconfig], {
      cwd: home,
      env: { ...process.env, PATH: path },
      stdio: "ignore",
      detached: true,
    });
    const ended = once(serving, "close");
    try {
      for (let tries = 0; tries < 500 && !existsSync(kubeconfig); tries += 1) await sleep(200);
      for (const line of [
        "npx asdic run --wait",
        "npx asdic status --show-all",
        "npx asdic wait && npx asdic retrieve -o run.tar.gz",
        "npx asdic results run.tar.gz",
        "npx asdic report run.tar.gz --format junit -o junit.xml",
        "npx asdic delete --wait",
      ]) {
        assert.ok(readme.includes(line), `the README has no line ${line}`);
        await run(line, { more: { KUBECONFIG: kubeconfig } });
      }
    } finally {
      process.kill(-(serving.pid ?? 0), "SIGTERM");
      await ended;
    }
  });
});
