import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Namespaced } from "./isolation.ts";

/** Keeps the namespaces that a pod's containers share: network, IPC, and processes. */
export type Holder = {
  /** The first process of the pod's PID namespace; with it, the kernel ends all others. */
  readonly pid: number;
  /** The beginning of a command line that continues inside, and of one that is only in its user namespace, if it has one. */
  readonly enter: readonly string[];
  readonly enterUsers: readonly string[];
  close(): Promise<void>;
};

/** Makes a pod's namespaces, with the pod's address on its loopback. They end with this process, however it ends: their keeper reads from a pipe that closes then. */
export async function openHolder(isolation: Namespaced, address: string): Promise<Holder> {
  const { unshare, nsenter, sh, ip, kind } = isolation;
  const ownUsers = kind === "user" ? ["-U", "-r"] : [];
  const child = spawn(unshare, [...ownUsers, "-n", "-i", "-p", "--fork", sh, "-c", script, "sh", address, ...ip], {
    stdio: ["pipe", "pipe", "pipe"],
    env: {},
    detached: true,
  });
  const closed = once(child, "close");
  closed.catch(() => undefined);
  child.stdin.on("error", () => undefined);
  let problem = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (problem += text));
  child.stdout.setEncoding("utf8");
  const said = await Promise.race([once(child.stdout, "data").then(([text]) => String(text)), closed.then(() => "")]);
  const pid = Number(said);
  if (!(pid > 0)) {
    child.stdin.end();
    await closed;
    throw new Error(`no namespaces for a pod: ${problem.trim()}`);
  }
  return {
    pid,
    enter: [nsenter, "-t", String(pid), ...(kind === "user" ? ["-U", "--preserve-credentials"] : []), "-n", "-i", "-p"],
    enterUsers: kind === "user" ? [nsenter, "-t", String(pid), "-U", "--preserve-credentials"] : [],
    async close() {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) process.kill(pid, "SIGKILL");
      await closed;
    },
  };
}

const script = `
set -e
address=$1
shift
"$@" link set lo up
"$@" addr add "$address/32" dev lo
echo 0 2>/dev/null >/proc/sys/net/ipv4/ip_unprivileged_port_start || :
read -r pid rest </proc/self/stat
echo "$pid"
exec >/dev/null 2>&1
while read -r line; do :; done
`;
