import type { Bench } from "../bench.ts";
import { describeProbe } from "../describe-probe.ts";
import type { SmokeCase } from "../run-case.ts";
import { CaseFailed } from "../run-case.ts";

/** A pod resolves the API server's Service, and a Service that is seconds old to its very address. */
export const resolveDns = ({ clientStarted, report }: Bench): SmokeCase => ({
  name: "resolve cluster DNS",
  needs: [clientStarted],
  test: async () => {
    const { nodeName } = await clientStarted;
    const { names } = await report;
    const lines = names.map(describeProbe).join("\n");
    const unresolved = names.filter(({ problem }) => problem !== undefined);
    if (unresolved.length === 0) return lines;
    throw new CaseFailed(`a pod on ${nodeName} can't resolve ${unresolved.map(({ target }) => target).join(" and ")}: ${unresolved[0]?.problem}`, lines);
  },
});
