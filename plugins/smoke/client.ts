import { writeFile } from "node:fs/promises";
import { probeName, probeUrl } from "./probe.ts";
import type { ProbeReport } from "./probe-plan.ts";
import { parseProbePlan } from "./probe-plan.ts";

/**
 * Program of the client pod: tries what its plan says and leaves the report as the container's termination message, which
 * reaches the plugin through the API server even where pods can't reach one another. Exit 0 when there is a report.
 */
export async function probeAsClient([plan]: readonly string[], signal: AbortSignal): Promise<number> {
  const { names, url, token, limitSeconds } = parseProbePlan(plan);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitSeconds * 1000)]);
  const [service, ...resolved] = await Promise.all([probeUrl({ url, token }, limit), ...names.map((name) => probeName(name, limit))]);
  const report: ProbeReport = { names: resolved, service };
  console.log(JSON.stringify(report, undefined, 2));
  await writeFile("/dev/termination-log", JSON.stringify(report));
  return 0;
}
