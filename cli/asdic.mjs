#!/usr/bin/env node
// Starts asdic on a Node.js that can run it. Kept plain enough for Node.js 16, which knows nothing of TypeScript.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const needed = 24;
const here = fileURLToPath(import.meta.url);
// Node.js strips no types below node_modules; there the bundle stands in for the sources.
const entry = /[\\/]node_modules[\\/]/.test(here) ? "../dist/cli/main.js" : "./main.ts";
const packaged = fileURLToPath(new URL(`../node_modules/node/bin/${process.platform === "win32" ? "node.exe" : "node"}`, import.meta.url));

if (Number(process.versions.node.split(".")[0]) >= needed) await import(entry);
else if (existsSync(packaged)) await runWith(packaged);
else {
  process.stderr.write(
    `error: asdic needs Node.js ${needed} or newer, and this is ${process.version}.\nInstall a newer Node.js, or run \`npm install\` in asdic's folder, which brings one along.\n`,
  );
  process.exitCode = 2;
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
