import type { Bench } from "../bench.ts";
import { limits } from "../limits.ts";
import { smokeToken } from "../objects.ts";
import { readLog } from "../read-log.ts";
import type { SmokeCase } from "../run-case.ts";
import { CaseFailed } from "../run-case.ts";

/** What a container prints can be read through the API server. */
export const readLogs = ({ cluster, settings, names, signal, serverStarted }: Bench): SmokeCase => ({
  name: "read logs of a pod",
  needs: [serverStarted],
  test: async () => {
    const token = smokeToken(settings);
    const limit = AbortSignal.timeout(limits.logs * 1000);
    let text = "";
    try {
      // It is followed, because a container that has just started may not have printed yet.
      await readLog(cluster, {
        namespace: settings.namespace,
        pod: names.server,
        query: { follow: "true" },
        signal: AbortSignal.any([signal, limit]),
        until: (read) => (text = read).includes(token),
      });
    } catch (error) {
      if (!limit.aborted) throw new CaseFailed(`the log of pod ${names.server} can't be read`, String(error));
    }
    if (text.includes(token)) return "the line that the server prints is there";
    throw new CaseFailed(
      `the log of pod ${names.server} ${limit.aborted ? `lacks the line that it prints, after ${limits.logs} s` : "ended without the line that it prints"}`,
      `the log: ${JSON.stringify(text.slice(0, 2000))}`,
    );
  },
});
