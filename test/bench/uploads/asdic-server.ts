import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createGate } from "../../../aggregator/ingest/gate.ts";
import { createIdentifier } from "../../../aggregator/ingest/identity.ts";
import { openJournal } from "../../../aggregator/ingest/journal.ts";
import { createIngestServer } from "../../../aggregator/ingest/server.ts";
import { openSpool } from "../../../aggregator/ingest/spool.ts";
import { createLog } from "../../../aggregator/log.ts";
import { createContacts } from "../../../aggregator/reach/contacts.ts";
import { createResultReading } from "../../../aggregator/read-results.ts";
import { createExpectedResults } from "../../../aggregator/state/expected-results.ts";
import { buildSonobuoyStatus } from "../../../aggregator/status/build-sonobuoy-status.ts";
import { buildStatus } from "../../../aggregator/status/build-status.ts";
import type { PluginDefinition } from "../../../core/contract/plugin-definition.ts";
import { noRedaction } from "../../aggregator/no-redaction.ts";
import { runSpec } from "../../aggregator/run-spec.ts";
import type { ServerSettings } from "./messages.ts";
import { plugin } from "./messages.ts";
import { serve } from "./serve.ts";

/** The aggregator's door with all that an upload meets there: identity, spool, journal, the reading of what came, and the status that is published each second. */
const definition: PluginDefinition = {
  dialect: "asdic/v1",
  name: plugin,
  driver: "DaemonSet",
  resultFormat: "raw",
  resultFiles: [],
  skipCleanup: false,
  order: 0,
  container: {},
  extraVolumes: [],
  configMap: {},
};
const spec = { ...runSpec, maxResultBytes: 2 ** 30 };

await serve(async ({ folder, cert, key, nodes, jwks }: ServerSettings) => {
  const spool = join(folder, "spool");
  await mkdir(spool);
  const results = createExpectedResults(() => new Date());
  const log = createLog(join(folder, "run.log"), () => undefined);
  const definitions = [definition];
  for (let index = 0; index < nodes; index++) results.update(results.expect(plugin, `node-${index}`), { state: "running" });
  const reading = createResultReading({ spec, definitions, folders: { spool }, results, log });
  const startedAt = new Date();
  const statusInput = (): Parameters<typeof buildStatus>[0] => ({
    spec,
    definitions,
    results,
    progress: { phase: "running", startedAt },
    pod: {},
    now: new Date(),
  });
  const publish = (): void => {
    const { results: rows, ...summary } = buildStatus(statusInput());
    JSON.stringify([summary, buildSonobuoyStatus({ ...summary, results: rows })]);
  };
  setInterval(publish, 1000).unref();
  const keys = JSON.stringify(jwks);
  const cluster = {
    fetch: async () => ({ status: 200, headers: {}, body: Readable.from([keys]) }),
    create: () => Promise.reject(new Error("no token is to be asked about")),
  };
  const signal = new AbortController().signal;
  const server = createIngestServer(
    { ca: "", certificate: cert, key },
    {
      results,
      log,
      signal,
      journal: await openJournal(join(folder, "journal.ndjson")),
      gate: createGate(),
      spool: await openSpool(spool, { accepted: [], maxBytes: spec.maxResultBytes }),
      podIps: ["127.0.0.1"],
      contacts: createContacts(),
      runToken: "bench",
      redaction: noRedaction,
      onAccepted: (result) => reading.read(result),
      identifyPod: await createIdentifier(cluster, spec, signal),
      resultOf: async (uid) => results.find(plugin, uid),
      serveInputs: () => Promise.reject(new Error("nothing is needed")),
      readStatus: () => buildStatus(statusInput()),
      isSealed: () => false,
      readTarball: () => undefined,
    },
  );
  return {
    server,
    async finish() {
      await reading.settled();
      const before = process.cpuUsage();
      publish();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    },
  };
});
