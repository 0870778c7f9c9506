import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildDeployment } from "../../../cli/run/build/aggregator.ts";
import { field, list } from "../../../core/kubernetes/field.ts";
import { runSpec } from "../../aggregator/run-spec.ts";
import { bundlePrograms } from "../../bundle-programs.ts";
import { makeCertificates } from "../../tls.ts";
import { makeTokens } from "./tokens.ts";
import type { LoadReport, Sending, ServerSettings, Usage } from "./messages.ts";

export type Way = "asdic" | "sonobuoy";
/** Uploads of the nodes from `first` to before `end`. */
export type Load = Omit<Sending, "port" | "ca" | "tokens"> & { readonly nodes: readonly [first: number, end: number] };
/** What a server has used, and how each load went, in the loads' order. */
export type Ran = Usage & { readonly loads: readonly LoadReport[] };
type Options = { readonly expected?: number; readonly last?: Load; readonly headStart?: number };

/** Runs loads against fresh servers, each server and each sender in a process of its own, bundled as in the image. */
export type Bench = {
  /** One server that expects so many results (as many as there are nodes), and a sender for each load; the `last` one begins `headStart` milliseconds after the others. */
  readonly run: (way: Way, loads: readonly Load[], options?: Options) => Promise<Ran>;
  readonly remove: () => void;
};

/** Prepares as many nodes' tokens and the programs. */
export async function prepareBench(nodes: number): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "asdic-bench-uploads-"));
  const certificates = await makeCertificates();
  const { jwks, tokens } = await makeTokens(nodes);
  const entryPoints = ["asdic-server", "sonobuoy-server", "sender"].map((name) => join(import.meta.dirname, `${name}.ts`));
  await bundlePrograms(entryPoints, folder);
  const { flags, env } = readContainer();

  const startSender = async (port: number, { nodes: [first, end], ...load }: Load): Promise<() => Promise<LoadReport>> => {
    const sender = fork(join(folder, "sender.mjs"));
    sender.send({ ...load, port, ca: certificates.ca, tokens: tokens.slice(first, end) } satisfies Sending);
    await hear(sender);
    return () => {
      sender.send("begin");
      return hear<LoadReport>(sender);
    };
  };

  return {
    async run(way, loads, { expected = nodes, last, headStart = 0 } = {}) {
      const work = join(folder, way);
      mkdirSync(work);
      const server = fork(join(folder, `${way}-server.mjs`), { execArgv: flags, env: { ...process.env, ...env } });
      const { cert, key } = certificates;
      server.send({ folder: work, cert, key, nodes: expected, jwks } satisfies ServerSettings);
      const port = await hear<number>(server);
      const begin = await Promise.all(loads.map((load) => startSender(port, load)));
      const reports = await Promise.all(
        begin.map(async (each, index) => {
          if (loads[index] === last) await sleep(headStart);
          return each();
        }),
      );
      server.send("finish");
      const usage = await hear<Usage>(server);
      rmSync(work, { recursive: true });
      return { ...usage, loads: reports };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** The flags and the allocator's settings with which the aggregator's container starts Node.js. */
function readContainer(): { readonly flags: string[]; readonly env: Record<string, string> } {
  const deployment = buildDeployment(runSpec, { variables: [], resources: { requests: {}, limits: {} } });
  const [container] = list(field(deployment, "spec", "template", "spec", "containers"));
  const variables = list(field(container, "env")).filter((variable) => typeof field(variable, "value") === "string");
  return {
    flags: list(field(container, "command"))
      .map(String)
      .filter((word) => word.startsWith("--")),
    env: Object.fromEntries(variables.map((variable) => [String(field(variable, "name")), String(field(variable, "value"))])),
  };
}

/** The next thing a process says; that it ends before is an error. */
async function hear<Said>(child: ChildProcess): Promise<Said> {
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`a process of the bench ended with ${code}`)));
  ended.catch(() => undefined);
  const [said] = await Promise.race([once(child, "message"), ended]);
  return said;
}
