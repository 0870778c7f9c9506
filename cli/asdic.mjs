#!/usr/bin/env node
// Starts asdic on a Node.js that can run it. Kept plain enough for Node.js 16, which knows nothing of TypeScript.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const needed = 24;
const here = fileURLToPath(import.meta.url);
// Node.js strips no types below node_modules; there the bundle stands in for the sources.
const entry = /[\\/]node_modules[\\/]/.test(here) ? "../dist/cli/main.js" : "./main.ts";
const packaged = findPackaged();

if (Number(process.versions.node.split(".")[0]) >= needed) await import(entry);
else if (packaged !== undefined) await runWith(packaged);
else {
  process.stderr.write(
    `error: asdic needs Node.js ${needed} or newer, and this is ${process.version}.\nInstall a newer Node.js, or run \`npm install\` in asdic's folder, which brings one along.\n`,
  );
  process.exitCode = 2;
}

/** The package `node` that was installed with asdic, beside it or inside of it. */
function findPackaged() {
  try {
    const path = join(dirname(createRequire(import.meta.url).resolve("node/package.json")), "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** The channel between the two carries nothing: its end tells the child that we are gone, should something kill us. */
async function runWith(node) {
  const child = spawn(node, [here, ...process.argv.slice(2)], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (...ended) => resolve(ended));
  });
  if (signal === null) process.exitCode = code;
  else {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
}
