import type { Bench } from "../bench.ts";
import { limits } from "../limits.ts";
import { smokeToken } from "../objects.ts";
import type { SmokeCase } from "../run-case.ts";
import { CaseFailed } from "../run-case.ts";

/** A command runs inside a container, and its output and exit code come back. */
export const execIntoPod = ({ cluster, settings, names, signal, serverStarted }: Bench): SmokeCase => ({
  name: "exec into a pod",
  needs: [serverStarted],
  test: async () => {
    const limit = AbortSignal.timeout(limits.exec * 1000);
    const { stdout, stderr, exitCode } = await cluster
      .exec({ namespace: settings.namespace, pod: names.server, container: "server", command, signal: AbortSignal.any([signal, limit]) })
      .catch((error: unknown) => {
        throw new CaseFailed(
          `no command can be run in pod ${names.server}${limit.aborted ? ` within ${limits.exec} s` : ""}`,
          error instanceof Error ? error.message : String(error),
        );
      });
    if (exitCode === 0 && stdout.trim() === smokeToken(settings)) return "the command's output came back";
    throw new CaseFailed(
      `a command in pod ${names.server} did not give what it should: exit code ${exitCode}`,
      `output: ${JSON.stringify(stdout.slice(0, 2000))}\nerrors: ${JSON.stringify(stderr.slice(0, 2000))}`,
    );
  },
});

const command = ["/nodejs/bin/node", "--print", "process.env.ASDIC_SMOKE_TOKEN"];
