import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { measureCli } from "../cli/retrieve/measure-cli.ts";
import { serveCrowd } from "./snapshot/serve-crowd.ts";

/**
 * Prints what `asdic snapshot` takes, redacted and not, of 1,000 nodes, 20,000 pods and 18,000 events, or of as many as are named: time, processor, memory (Linux
 * only), and the processor's time as a multiple of what it takes to fetch, unpack and pack the same pages and nothing more. The objects are made up, and served
 * from here. It runs from the sources, which takes twice the bundle's memory, and the process that searches a second time is not counted; ends with 1 if memory is over the limit.
 */
const limitMegabytes = 400;
const [nodes = 1000, pods = 20_000, events = 18_000] = process.argv.slice(2).map(Number);

const folder = await mkdtemp(join(tmpdir(), "asdic-bench-"));
const server = serveCrowd({ nodes, pods, events }).listen(0, "127.0.0.1");
try {
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cluster = {
    clusters: [{ name: "a", cluster: { server: url } }],
    contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
    users: [{ name: "a", user: {} }],
  };
  await writeFile(join(folder, "kubeconfig"), JSON.stringify({ apiVersion: "v1", kind: "Config", "current-context": "a", ...cluster }));
  // The first round makes the pages.
  await readPlainly(url);
  const plain = await readPlainly(url);
  console.log(`snapshot, ${pods} pods: ${(plain / 1e6).toFixed(1)} s of the processor to fetch, unpack and pack the pages alone`);
  for (const flags of [["--no-redact"], []]) {
    const { code, stderr, peakBytes, seconds, cpuSeconds } = await measureCli(["snapshot", "--no-kubelets", "--logs", "none", "-o", "a.tar.gz", ...flags], {
      folder,
    });
    console.log(
      `snapshot ${flags.join(" ") || "redacted"}: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} of the processor's (${((cpuSeconds * 1e6) / plain).toFixed(1)} times the pages alone), ` +
        `peak ${(peakBytes / 1e6).toFixed(0)} MB resident, limit ${limitMegabytes} MB`,
    );
    if (code !== 0) console.log(stderr);
    if (code !== 0 || peakBytes > limitMegabytes * 1e6) process.exitCode = 1;
  }
} finally {
  server.close();
  await rm(folder, { recursive: true });
}

/** Microseconds of the processor, the server's own few among them. */
async function readPlainly(url: string): Promise<number> {
  const begun = process.cpuUsage();
  for (const plural of ["nodes", "pods", "events"])
    for (let next = ""; ;) {
      const answer = await fetch(`${url}/api/v1/${plural}?limit=500${next === "" ? "" : `&continue=${next}`}`);
      const text = Buffer.from(await answer.arrayBuffer());
      gzipSync(text);
      const token = /"continue":"(\d+)"/.exec(text.toString("latin1", 0, 500))?.[1];
      if (token === undefined) break;
      next = token;
    }
  const { user, system } = process.cpuUsage(begun);
  return user + system;
}
