import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Answer, Exchange } from "../test/embedded/differential/exchange.ts";
import { openTarget } from "../test/embedded/differential/open-target.ts";
import { replay } from "../test/embedded/differential/replay.ts";
import { buildKubectlRequests } from "../test/embedded/differential/record/build-kubectl-requests.ts";
import { buildRequests } from "../test/embedded/differential/record/build-requests.ts";
import { runAudited } from "../test/embedded/differential/record/run-audited.ts";
import { runKubectl } from "../test/embedded/differential/record/run-kubectl.ts";
import { writeRecordings } from "../test/embedded/differential/record/write-recordings.ts";

/**
 * Writes test/fixtures/embedded/audit from the lab's cluster ($KUBECONFIG, ../shared/cluster): what asdic's commands, aggregator and plugins ask, taken from the API server's audit log,
 * which is switched on for that (the API server restarts twice), what kubectl asks, taken by a proxy, and what the API server answers to all of it in a replay with workloads that only wait.
 * --log FILE keeps the audit log there, or takes it from there where it is kept already.
 */
const { values } = parseArgs({ options: { log: { type: "string" } } });
// Interrupted, it still gives the API server its own settings back.
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => undefined);
const kubeconfig = await readFile(process.env["KUBECONFIG"] ?? "", "utf8");
const kept = values.log === undefined ? undefined : await readFile(values.log, "utf8").catch(() => undefined);
const lines = kept?.trim().split("\n") ?? (await runAudited());
if (values.log !== undefined && kept === undefined) await writeFile(values.log, lines.join("\n"), { mode: 0o600 });
const run = buildRequests(lines);

const asked = buildKubectlRequests(await runKubectl(kubeconfig, "differential-kubectl"));

const target = openTarget(kubeconfig);
const answers = await replay(target, [...run, ...asked]);
target.close();
for (const { id, code, reason } of run) {
  const answer = answers.get(id);
  // Nobody listens in a container that only waits.
  if (!id.includes("/proxy/") && (answer?.code !== code || (answer.reason ?? "") !== reason))
    throw new Error(`${id}: ${code} ${reason} in the log, ${JSON.stringify({ ...answer, shape: undefined })} in the replay`);
}
const withAnswer = (request: Omit<Exchange, "answer">): Exchange => ({ ...request, answer: requireAnswer(answers.get(request.id)) });
await writeRecordings({ run: run.map(({ code: _code, reason: _reason, ...request }) => withAnswer(request)), kubectl: asked.map(withAnswer) });
console.log(`${run.length} requests of a run, ${asked.length} of kubectl`);

function requireAnswer(answer: Answer | undefined): Answer {
  if (!answer) throw new Error("A request without an answer");
  return answer;
}
