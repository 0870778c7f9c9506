import type { SnapshotOptions } from "../../contract/snapshot-options.ts";
import { tarballPaths } from "../../contract/tarball-layout.ts";
import { field, text } from "../../kubernetes/field.ts";
import { parseJson } from "../parse-json.ts";
import type { Asker } from "../requests/ask.ts";
import type { SnapshotRecord } from "../snapshot-record.ts";
import type { SnapshotWriter } from "../snapshot-writer.ts";

export type FactReading = {
  readonly asker: Asker;
  readonly files: SnapshotWriter;
  readonly record: SnapshotRecord;
  readonly options: Pick<SnapshotOptions, "server">;
};

/** Writes what the API server says of itself; returns its version as it names it, empty where it does not say. Each fact that can't be had costs only itself. */
export async function readServerFacts({ asker, files, record, options }: FactReading): Promise<string> {
  if (options.server === "none") return "";
  const read = ({ name, path, file, answers = [200] }: Fact): Promise<Buffer | undefined> =>
    record.ask({ queryobj: name, verb: "get", resource: path, namespace: "" }, async () => {
      const { body } = await asker.read({ path, ...(verbose.includes(path) && { query: { verbose: "" } }), isAnswer: (status) => answers.includes(status) });
      await files.put(file, body);
      return body;
    });
  const [version] = await Promise.all([read(versionFact), ...(options.server === "full" ? [groups, ...health] : [groups]).map(read)]);
  return version === undefined ? "" : parseVersion(version);
}

type Fact = { readonly name: string; readonly path: string; readonly file: string; readonly answers?: readonly number[] };

const versionFact: Fact = { name: "serverversion", path: "/version", file: tarballPaths.serverVersion };
const groups: Fact = { name: "servergroups", path: "/apis", file: tarballPaths.serverGroups };
/** A server that is not well says so by 500 and the same list. */
const health: readonly Fact[] = [
  { name: "readyz", path: "/readyz", file: tarballPaths.serverFact("readyz.txt"), answers: [200, 500] },
  { name: "livez", path: "/livez", file: tarballPaths.serverFact("livez.txt"), answers: [200, 500] },
  { name: "metrics", path: "/metrics", file: tarballPaths.serverFact("metrics.txt") },
];
const verbose = ["/readyz", "/livez"];

const parseVersion = (body: Buffer): string => text(field(parseJson(body), "gitVersion")).slice(0, 100);
