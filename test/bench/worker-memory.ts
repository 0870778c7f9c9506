import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestTrailer, wirePaths } from "../../core/contract/worker-wire.ts";
import type { WorkerSettings } from "../../core/contract/worker-wire.ts";
import { makeCertificates } from "../tls.ts";
import { buildWorkerProgram } from "../worker/start-process.ts";

/**
 * Prints the worker's peak of resident memory (VmHWM) while it sends 500 MB over TLS, as one file and as a packed folder, without redaction and with it,
 * and then also that of the process that hides secrets, started as in the image; ends with 1 if they are over 75 and 160 MB. Linux only. What is sent is half zeros and half noise, so that packing does not hide the bytes.
 */
const limitMegabytes = { worker: 75, redaction: 160 };
const megabyte = 1024 * 1024;
const size = 500 * megabyte;

const folder = await mkdtemp(join(tmpdir(), "asdic-bench-worker-"));
const program = await buildWorkerProgram();
try {
  const certificates = await makeCertificates();
  const resultsDir = join(folder, "results");
  await mkdir(resultsDir);
  await writeFile(join(folder, "token"), "bench");
  await writeHalfNoise(join(resultsDir, "big.log"));
  for (const redaction of ["nothing", "built-in"] as const)
    for (const done of ["big.log", resultsDir]) {
      const { peak, redactionPeak, received, seconds } = await sendOnce({ resultsDir, done, redaction, certificates });
      const what = `${size / megabyte} MB as a ${done === resultsDir ? "folder" : "file"}${redaction === "nothing" ? "" : ", redacted"}`;
      const beside = redaction === "nothing" ? "" : ` and ${redactionPeak.toFixed(1)} MB beside it`;
      console.log(`worker, ${what}: peak ${peak.toFixed(1)} MB resident${beside}, ${(received / megabyte).toFixed(0)} MB sent in ${seconds.toFixed(1)} s`);
      if (peak > limitMegabytes.worker || redactionPeak > limitMegabytes.redaction) process.exitCode = 1;
    }
} finally {
  await program.remove();
  await rm(folder, { recursive: true, force: true });
}

type Sending = {
  readonly resultsDir: string;
  readonly done: string;
  readonly redaction: WorkerSettings["redaction"];
  readonly certificates: Awaited<ReturnType<typeof makeCertificates>>;
};

async function sendOnce({
  resultsDir,
  done,
  redaction,
  certificates,
}: Sending): Promise<{ peak: number; redactionPeak: number; received: number; seconds: number }> {
  let [received, redactionPeak] = [0, 0];
  // Known once the whole result is here.
  let peak = 0;
  const server = createServer({ cert: certificates.cert, key: certificates.key }, (request, response) => {
    if (request.url === wirePaths.poll) {
      request.resume();
      const instruction = peak > 0 ? "leave" : "wait";
      setTimeout(() => response.end(JSON.stringify({ instruction, time: new Date().toISOString() })), 500);
      return;
    }
    const hash = createHash("sha256");
    request.on("data", (chunk: Buffer) => {
      received += chunk.length;
      redactionPeak = Math.max(redactionPeak, readChildPeak(worker.child.pid));
      hash.update(chunk);
    });
    request.on("end", () => {
      // The process is still there while it waits for the answer.
      peak = readPeak(worker.child.pid);
      response.writeHead(request.trailers[digestTrailer] === hash.digest("hex") ? 200 : 400).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const settings: WorkerSettings = {
    aggregatorUrls: [`https://127.0.0.1:${portOf(server.address())}`],
    ca: certificates.ca,
    tokenFile: join(folder, "token"),
    plugin: "bench",
    node: "global",
    resultsDir,
    progressPort: await findPort(),
    settleSeconds: 0.5,
    redaction,
    deadlineSeconds: 600,
  };
  await writeFile(join(resultsDir, "done"), done);
  const started = performance.now();
  const worker = program.run(settings);
  const code = await worker.exit;
  server.close();
  server.closeAllConnections();
  if (code !== 0) throw new Error(`the worker ended with ${code}: ${worker.lines.join(" ")}`);
  return { peak, redactionPeak, received, seconds: (performance.now() - started) / 1000 };
}

async function writeHalfNoise(path: string): Promise<void> {
  const noise = crypto.getRandomValues(new Uint8Array(65_536));
  const file = await open(path, "w");
  await file.truncate(size);
  for (let at = 0; at < size; at += 2 * noise.length) await file.write(noise, 0, noise.length, at);
  await file.close();
}

function readPeak(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

/** Of the process that it has started, if there is one. */
function readChildPeak(pid: number | undefined): number {
  try {
    const child = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim());
    return child > 0 ? readPeak(child) : 0;
  } catch {
    return 0;
  }
}

async function findPort(): Promise<number> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server.address());
  server.close();
  return port;
}

function portOf(address: ReturnType<ReturnType<typeof createServer>["address"]>): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}
