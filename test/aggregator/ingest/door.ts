import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { ClientRequest, IncomingMessage } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Gate } from "../../../aggregator/ingest/gate.ts";
import { openJournal } from "../../../aggregator/ingest/journal.ts";
import { createInputServer } from "../../../aggregator/ingest/serve-inputs.ts";
import type { Patience } from "../../../aggregator/ingest/server.ts";
import { createIngestServer, usualPatience } from "../../../aggregator/ingest/server.ts";
import { openSpool } from "../../../aggregator/ingest/spool.ts";
import { createLog } from "../../../aggregator/log.ts";
import type { Contacts } from "../../../aggregator/reach/contacts.ts";
import { createContacts } from "../../../aggregator/reach/contacts.ts";
import { createEndedPlugins } from "../../../aggregator/state/ended-plugins.ts";
import type { EndedPlugins } from "../../../aggregator/state/ended-plugins.ts";
import type { RunRedaction } from "../../../aggregator/redaction/run-redaction.ts";
import type { ExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { buildStatusPage } from "../../../aggregator/status/build-status.ts";
import { serverName } from "../../../core/contract/names.ts";
import type { PluginDefinition } from "../../../core/contract/plugin-definition.ts";
import type { TestCertificates } from "../../tls.ts";
import { makeCertificates } from "../../tls.ts";
import { noRedaction } from "../no-redaction.ts";
import { runSpec } from "../run-spec.ts";

type Answer = { readonly status: number; readonly body: string };
export type Sent = {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer | string;
  readonly trailer?: string;
};

/** The aggregator's real door on loopback, and ways to knock; the token "pod-n1" speaks for node n1's result of plugin p, "pod-q/global" for that of another. */
export type Door = {
  /** Where spool and journal are. */
  readonly folder: string;
  readonly port: number;
  readonly ca: string;
  /** The server's own, for whoever stands between it and a worker. */
  readonly certificates: TestCertificates;
  readonly open: (sent: Sent) => ClientRequest;
  readonly send: (sent: Sent) => Promise<Answer>;
  /** The body of the answer, as it comes. */
  readonly get: (sent: Sent) => Promise<IncomingMessage>;
  close(): Promise<void>;
};
type Inside = {
  readonly results: ExpectedResults;
  readonly gate: Gate;
  readonly isSealed: boolean;
  readonly definitions?: readonly PluginDefinition[];
  readonly ended?: EndedPlugins;
};

type Opening = { readonly contacts: Contacts; readonly maxBytes: number; readonly patience: Patience; readonly redaction: RunRedaction };

/** Opens a door that looks afresh at what is inside with each request. */
export async function openDoor(
  inside: () => Inside,
  { contacts = createContacts(), maxBytes = runSpec.maxResultBytes, patience = usualPatience, redaction = noRedaction }: Partial<Opening> = {},
): Promise<Door> {
  const folder = mkdtempSync(join(tmpdir(), "asdic-ingest-"));
  const stop = new AbortController();
  const certificates = await makeCertificates();
  const { ca, cert, key } = certificates;
  const now = new Date();
  const server = createIngestServer(
    { ca, certificate: cert, key },
    {
      get results() {
        return inside().results;
      },
      get gate() {
        return inside().gate;
      },
      journal: await openJournal(join(folder, "journal.ndjson")),
      log: createLog(join(folder, "run.log"), () => undefined),
      spool: await openSpool(folder, { accepted: [], maxBytes }),
      podIps: ["127.0.0.1"],
      contacts,
      runToken: "right",
      redaction,
      onAccepted: () => undefined,
      identifyPod: async (token) => (token.startsWith("pod-") ? token : undefined),
      resultOf: async (uid) => {
        const [plugin = "", node] = uid.slice("pod-".length).split("/");
        return node === undefined ? inside().results.find("p", plugin) : inside().results.find(plugin, node);
      },
      serveInputs: createInputServer({
        spoolFolder: folder,
        get results() {
          return inside().results;
        },
        get definitions() {
          return inside().definitions ?? [];
        },
        get ended() {
          return inside().ended ?? createEndedPlugins();
        },
      }),
      readStatus: (page) =>
        buildStatusPage({ spec: runSpec, definitions: [], results: inside().results, progress: { phase: "running", startedAt: now }, pod: {}, now }, page),
      isSealed: () => inside().isSealed,
      readTarball: () => undefined,
      signal: stop.signal,
    },
    patience,
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  const open: Door["open"] = ({ method = "PUT", path, headers = {}, trailer }) =>
    request({
      host: "127.0.0.1",
      port: address.port,
      ca,
      servername: serverName,
      method,
      path,
      headers: { ...headers, ...(trailer !== undefined && { trailer: "x-asdic-sha256" }) },
      agent: false,
    }).on("error", () => undefined);
  return {
    folder,
    port: address.port,
    ca,
    certificates,
    open,
    async get(what) {
      const sent = open({ method: "GET", ...what });
      const answered = once(sent, "response");
      sent.end();
      const [response] = await answered;
      return response;
    },
    async send(what) {
      const { body = "", trailer } = what;
      const sent = open(what);
      const answered = once(sent, "response");
      if (trailer !== undefined) sent.addTrailers({ "x-asdic-sha256": trailer });
      sent.end(body);
      const [response] = await answered;
      return { status: response.statusCode, body: await text(response) };
    },
    async close() {
      stop.abort();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
