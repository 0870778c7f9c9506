import { randomBytes } from "node:crypto";
import { makeCanaries } from "../../core/redaction/canaries.ts";
import type { Redactor } from "../../core/redaction/redactor.ts";
import { collectTallies } from "../../core/redaction/collect-tallies.ts";
import { probeFiles } from "../../core/snapshot/probe-files.ts";
import { guardArchive } from "./guard-archive.ts";
import { createGuard } from "./guard.ts";

/**
 * How many of four canaries, made anew for each way, come out of the ways that a run's data takes: 0 where it is guarded. They go through the same code and the
 * same redactor as everything else, and to nowhere, so that nobody finds made-up secrets in a tarball.
 */
export async function probeGuards(redactor: Redactor): Promise<Readonly<Record<string, number>>> {
  const canaries = makeCanaries(randomBytes);
  const guard = createGuard(redactor);
  const problem = guard.problem({ code: "canary", message: canaries.line, evidence: canaries.object });
  return {
    ...(await probeFiles({ redactor, onFile: () => undefined }, randomBytes)),
    "run-log": canaries.survivors(guard.json(JSON.stringify({ msg: canaries.line, fields: canaries.object }))),
    status: canaries.survivors(JSON.stringify(problem)),
    definitions: await probeArchive(redactor),
  };
}

async function probeArchive(redactor: Redactor): Promise<number> {
  const canaries = makeCanaries(randomBytes);
  const added: string[] = [];
  const nowhere = {
    add: async (_name: string, content: string | Buffer) => void added.push(content.toString()),
    addStream: async () => undefined,
    addPacked: async () => undefined,
    readBack: () => Promise.reject(new Error("nothing was written")),
    takePart: () => Promise.reject(new Error("nothing was written")),
    finish: () => Promise.reject(new Error("nothing was written")),
    abandon: async () => undefined,
  };
  const archive = guardArchive(nowhere, { redactor, tallies: collectTallies() });
  await archive.add("definition.json", JSON.stringify(canaries.object));
  await archive.add("results.yaml", canaries.line);
  return canaries.survivors(added.join("\n"));
}
