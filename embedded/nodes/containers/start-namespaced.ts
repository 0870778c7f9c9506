import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Writable } from "node:stream";
import type { ContainerSpec, RunningContainer } from "../container.ts";
import { findProgram } from "./find-program.ts";
import type { Namespaced } from "./isolation.ts";
import type { Holder } from "./open-holder.ts";
import { openOutputs } from "./output-pipes.ts";
import type { Machine } from "./read-machine.ts";
import { buildEnvironment, insidePaths, planRoot } from "./plan-root.ts";
import { freezeNamespace, thawNamespace } from "./freeze-namespace.ts";
import { writeRootFolder } from "./root-folder.ts";
import type { StartOptions } from "./start-options.ts";
import { trackCommand } from "./track-command.ts";
import { signalProcess, trackContainer } from "./track-container.ts";

type Options = StartOptions & { readonly holder: Holder; readonly machine: Machine & { readonly isolation: Namespaced } };

/** Starts a container in namespaces of its own inside its pod's; resolves when its program is about to run. */
export async function startNamespaced(options: Options): Promise<RunningContainer> {
  const { id, folder, spec, isOwn, holder, machine, place, pipes, logFile, clock } = options;
  const { isolation } = machine;
  const plan = planRoot({ folder: join(folder, "root"), spec, machine, isOwn, place });
  const env = buildEnvironment(spec, isOwn ? insidePaths.preload : undefined);
  const workingDir = spec.workingDir ?? "/";
  const rootPlace = { folder: plan.folder, mounts: plan.mounts, env, workingDir };
  const fstab = join(folder, "fstab");
  await writeFile(fstab, await writeRootFolder(plan));
  await findProgram(spec.command[0] ?? "", rootPlace);

  const launch = (command: readonly string[]): readonly string[] => [
    ...asUser(isolation, spec),
    `${insidePaths.tools}/env`,
    "-i",
    "--",
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    ...command,
  ];
  const outputs = await openOutputs(pipes);
  const [program = "", ...args] = [
    ...holder.enter,
    isolation.unshare,
    "-m",
    "-u",
    "-p",
    isolation.sh,
    "-c",
    script,
    "sh",
    isolation.mount,
    fstab,
    isolation.hostname,
    spec.hostname,
    plan.folder,
    isolation.pivotRoot,
    workingDir,
    ...(isolation.kind === "user" ? [`${insidePaths.tools}/unshare`, "-U", `--map-user=${spec.runAsUser}`, `--map-group=${spec.runAsGroup}`, "--"] : []),
    ...launch(spec.command),
  ];
  const child = spawn(program, args, { stdio: ["ignore", ...outputs.inputs, "pipe"], env: {}, detached: true });
  outputs.release();
  let isGone = false;
  const tracked = trackContainer({
    id,
    child,
    outputs,
    logFile,
    clock,
    send: (signal) => signalProcess(pid, signal),
    onEnd: () => (isGone = true),
  });
  const pid = await readPid(child.stdio[3]);

  return {
    ...tracked,
    freeze: () => void (isGone || freezeNamespace(pid)),
    thaw: () => void (isGone || thawNamespace(pid)),
    async exec({ command, signal }) {
      if (isGone) throw new Error("the container has ended");
      await findProgram(command[0] ?? "", rootPlace);
      const own = await openOutputs(pipes);
      const [enter = "", ...rest] = [
        ...holder.enterUsers,
        isolation.nsenter,
        "-t",
        String(pid),
        "-p",
        "--no-fork",
        isolation.sh,
        "-c",
        execScript,
        "sh",
        isolation.nsenter,
        "-t",
        String(pid),
        "-m",
        "-u",
        "-i",
        "-n",
        ...(isolation.kind === "user" ? ["-U", "--preserve-credentials"] : []),
        ...launch(workingDir === "/" ? command : [`${insidePaths.tools}/env`, "-C", workingDir, "--", ...command]),
      ];
      const started = spawn(enter, rest, { stdio: ["pipe", ...own.inputs, "pipe"], env: {}, detached: true });
      own.release();
      await readPid(started.stdio[3]);
      return trackCommand({ child: started, stdout: own.stdout, stderr: own.stderr, signal, kill: () => signalProcess(-(started.pid ?? 0), "SIGKILL") });
    },
  };
}

/** What setpriv makes of real root: containerd's default capabilities, and no way to more. Users of a user namespace have nothing to lose. */
function asUser({ kind }: Namespaced, { runAsUser, runAsGroup, fsGroup }: ContainerSpec): readonly string[] {
  if (kind === "user") return [];
  const groups = fsGroup === undefined ? "--clear-groups" : `--groups=${fsGroup}`;
  const kept = capabilities.map((name) => `+${name}`).join(",");
  return [
    `${insidePaths.tools}/setpriv`,
    `--reuid=${runAsUser}`,
    `--regid=${runAsGroup}`,
    groups,
    `--bounding-set=-all,${kept}`,
    "--inh-caps=-all",
    "--no-new-privs",
    "--",
  ];
}

const capabilities = "chown dac_override fowner fsetid kill setgid setuid setpcap net_bind_service net_raw sys_chroot mknod audit_write setfcap".split(" ");

/** The first process's number as this machine counts; rejects with what went wrong before it was there. */
async function readPid(report: Readable | Writable | null | undefined): Promise<number> {
  let said = "";
  if (report instanceof Readable) {
    for await (const text of report.setEncoding("utf8")) {
      said += String(text);
      // No end is to be waited for: nsenter holds the pipe open as long as the container runs.
      const pid = /^(?<pid>\d+)\n/m.exec(said)?.groups?.["pid"];
      if (pid !== undefined) return Number(pid);
    }
  }
  throw new Error(said.trim() || "the container has ended");
}

/**
 * Forks the container's first process, which makes the mounts, turns them into its root and becomes the program; waits for it outside, because unshare's own
 * waiting loses the signal that ended it. Until the program runs, messages go to file descriptor 3.
 */
const script = `
set -e
umask 022
(
  {
    read -r pid rest </proc/self/stat
    "$1" -n -a -T "$2"
    [ -z "$3" ] || "$3" "$4"
    cd "$5"
    "$6" . .asdic/old
    /.asdic/umount -l /.asdic/old
    cd "$7"
    shift 7
    echo "$pid"
  } >&3 2>&3
  exec "$@" 3>&-
) &
exec 3>&- >/dev/null 2>&1
wait "$!"
`;

/** Waits outside of the container's PID namespace: nsenter itself would stop with what it started, and not see its end when the container is frozen. */
const execScript = `
exec 4<&0
{
  read -r pid rest </proc/self/stat
  echo "$pid" >&3
  exec "$@" <&4 3>&- 4<&-
} &
exec 3>&- 4<&- </dev/null >/dev/null 2>&1
wait "$!"
`;
