import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Server } from "node:https";
import type { ServerSettings, Usage } from "./messages.ts";

type Serving = {
  readonly server: Server;
  /** Resolves, once all that came is dealt with, to the milliseconds of CPU that a status takes. */
  readonly finish: () => Promise<number>;
};

/** A server process' life: it gets its settings, says its port, and, when it is told to finish, what it has used. */
export async function serve(start: (settings: ServerSettings) => Promise<Serving>): Promise<void> {
  const [settings] = await once(process, "message");
  const { server, finish } = await start(settings);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const before = process.cpuUsage();
  const told = once(process, "message");
  const address = server.address();
  process.send?.(typeof address === "object" && address !== null ? address.port : 0);
  await told;
  const statusMilliseconds = await finish();
  const { user, system } = process.cpuUsage(before);
  process.send?.({ cpu: (user + system) / 1e6, peak: readPeak(), statusMilliseconds } satisfies Usage, () => process.exit());
}

const readPeak = (): number => Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;
