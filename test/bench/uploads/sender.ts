import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { Agent, request as startRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { text as readText } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import pLimit from "p-limit";
import { pack } from "tar-stream";
import { serverName } from "../../../core/contract/names.ts";
import { digestTrailer, folderHeader, packedContentType, wirePaths } from "../../../core/contract/worker-wire.ts";
import { journalText } from "../../core/archive/journal-text.ts";
import { packFiles } from "../../core/archive/packed.ts";
import type { LoadReport, Sending } from "./messages.ts";
import { plugin } from "./messages.ts";

const contentTypes = { raw: "application/octet-stream", packed: packedContentType, "tar.gz": "application/gzip" };

/** A process that sends as many workers do, with their headers, consent and trailer; made ready before it says so, and begun by a second message. */
const [told] = await once(process, "message");
await sendAll(told);

async function sendAll(load: Sending): Promise<void> {
  const body = load.kind === "raw" ? randomBytes(load.bytes) : await makePacked(load.kind, load.bytes);
  process.send?.("ready");
  await once(process, "message");
  const shared = makeAgent(load, load.atOnce);
  const limit = pLimit(load.atOnce);
  const failures: string[] = [];
  const digest = createHash("sha256").update(body).digest("hex");
  const began = performance.now();
  await Promise.all(
    load.tokens.map((sender) =>
      limit(async () => {
        const agent = load.isEachItsOwn ? makeAgent(load, 1) : shared;
        try {
          if (load.isEachItsOwn)
            await send(load, { agent, ...sender, method: "POST", path: wirePaths.poll, body: Buffer.from('{"state":"waiting","hold":false}') });
          await send(load, { agent, ...sender, method: "PUT", path: wirePaths.result(plugin, sender.node), body, digest });
        } catch (error) {
          failures.push(String(error));
        }
        if (agent !== shared) agent.destroy();
      }),
    ),
  );
  process.send?.({ seconds: (performance.now() - began) / 1000, failures } satisfies LoadReport, () => process.exit());
}

function makeAgent({ ca }: Sending, maxSockets: number): Agent {
  return new Agent({ keepAlive: true, maxSockets, ca, servername: serverName });
}

/** A log as our worker packs it, or as Sonobuoy's does. */
async function makePacked(kind: "packed" | "tar.gz", bytes: number): Promise<Buffer> {
  const noise = randomBytes(Math.round(bytes * 0.73));
  const content = Buffer.concat([noise, journalText(Math.round(bytes * 1.6), 1)]);
  if (kind === "packed") return packFiles([["journal.txt", content]]);
  const archive = pack();
  archive.entry({ name: "journal.txt" }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}

type Sent = {
  readonly agent: Agent;
  readonly token: string;
  readonly method: "POST" | "PUT";
  readonly path: string;
  readonly body: Buffer;
  readonly digest?: string;
};

async function send({ port, kind, pace }: Sending, { agent, token, method, path, body, digest }: Sent): Promise<void> {
  const framing =
    digest === undefined
      ? { "content-length": body.length, "content-type": "application/json" }
      : {
          "transfer-encoding": "chunked",
          trailer: digestTrailer,
          expect: "100-continue",
          "content-type": contentTypes[kind],
          "content-disposition": "attachment;filename=result",
          ...(kind === "packed" && { [folderHeader]: "true" }),
        };
  const outgoing = startRequest({ host: "127.0.0.1", port, agent, method, path, headers: { authorization: `Bearer ${token}`, ...framing } });
  const answered = once(outgoing, "response");
  if (digest === undefined) outgoing.end(body);
  else {
    outgoing.flushHeaders();
    await Promise.race([once(outgoing, "continue"), answered]);
    const piece = pace === undefined ? 64 * 1024 : Math.ceil(pace / 4);
    for (let at = 0; at < body.length; at += piece) {
      if (pace !== undefined) await sleep(250);
      if (!outgoing.write(body.subarray(at, at + piece))) await once(outgoing, "drain");
    }
    outgoing.addTrailers({ [digestTrailer]: digest });
    outgoing.end();
  }
  const [response] = await answered;
  const said = await readText(response);
  if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${said}`);
}
