import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** SHA-256 of what a browser's DecompressionStream makes of each archive; the browser is ended afterwards. */
export async function unpackInBrowser(browser: string, paths: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  const server = createServer((request, response) => {
    const path = paths[Number(request.url?.slice(1))];
    if (request.method === "POST") void text(request).then((body) => resolve(JSON.parse(body) as readonly string[]), resolve.bind(undefined, []));
    if (request.url !== "/" && path !== undefined) createReadStream(path).pipe(response);
    else response.setHeader("content-type", "text/html").end(page.replace("COUNT", String(paths.length)));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const profile = await mkdtemp(join(tmpdir(), "asdic-browser-"));
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", `--user-data-dir=${profile}`];
  const child = spawn(browser, [...flags, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`], { stdio: "ignore" });
  const ended = new Promise((end) => child.on("close", end));
  try {
    return await Promise.race([promise, new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)))]);
  } finally {
    child.kill();
    await ended;
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const page = `<script type="module">
const results = [];
for (let at = 0; at < COUNT; at++) {
  try {
    const { body } = await fetch("/" + at);
    const bytes = await new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    results.push([...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  } catch (error) { results.push(String(error)); }
}
await fetch("/", { method: "POST", body: JSON.stringify(results) });
</script>`;
