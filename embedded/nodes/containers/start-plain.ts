import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RunningContainer } from "../container.ts";
import { renderPreload } from "../network/preload.ts";
import { controlName } from "../network/start-control-server.ts";
import { ownNode, ownPrograms } from "./images.ts";
import type { Janitor } from "./start-janitor.ts";
import { openOutputs } from "./output-pipes.ts";
import type { Machine } from "./read-machine.ts";
import { buildEnvironment, planPaths, writeEtc } from "./plan-root.ts";
import { locate, makeMountPoints } from "./root-folder.ts";
import type { StartOptions } from "./start-options.ts";
import { trackCommand } from "./track-command.ts";
import { signalProcess, trackContainer } from "./track-container.ts";

type Options = StartOptions & { readonly machine: Machine; readonly janitor: Janitor };

/**
 * Starts a program of our own image as a plain process, where the system has no namespaces for us: it is this machine's Node, run by whoever runs asdic; its file
 * functions and its sockets find the container's paths and ports by the preload module. Nothing keeps it from the rest of the machine.
 */
export async function startPlain({ id, folder, spec, place, pipes, logFile, clock, machine, janitor }: Options): Promise<RunningContainer> {
  const preload = join(folder, "preload.cjs");
  const mounts = planPaths(folder, spec);
  const workingDir = locate(folder, mounts, spec.workingDir ?? "/");
  const cwd = join(workingDir.base, workingDir.rest);
  const real = [folder, place.sockets, dirname(logFile), ...mounts.map(({ source }) => source)];
  const paths = [
    // First, so that the module loader, which asks for real paths, is told this one.
    { target: machine.programs, source: machine.programs },
    ...mounts,
    { target: ownPrograms, source: machine.programs },
    ...Object.keys(writeEtc(spec, place)).map((path) => ({ target: path, source: join(folder, path) })),
    // What is a path of this machine already is not looked up a second time.
    ...real.map((path) => ({ target: path, source: path })),
  ];
  await Promise.all(["tmp", "etc"].map((name) => mkdir(join(folder, name), { recursive: true })));
  // They make the folders around them look right; what is in them is found by the paths above.
  await makeMountPoints(folder, mounts);
  await Promise.all([
    mkdir(cwd, { recursive: true }),
    ...Object.entries(writeEtc(spec, place)).map(([path, text]) => writeFile(join(folder, path), text)),
    writeFile(
      preload,
      renderPreload({
        control: join(place.sockets, controlName),
        folder: place.sockets,
        address: place.address,
        hostname: spec.hostname,
        isLoopbackNative: false,
        paths,
      }),
    ),
  ]);
  const env = buildEnvironment(spec, preload);
  const translate = (command: readonly string[]): readonly [string, readonly string[]] => {
    const [program = "", ...args] = command;
    if (program !== ownNode) throw Object.assign(new Error(`exec: "${program}": stat ${program}: no such file or directory`), { code: "ENOENT" });
    // Only programs are loaded before the file functions are ours.
    return [process.execPath, args.map((arg) => (arg.startsWith(`${ownPrograms}/`) ? join(machine.programs, arg.slice(ownPrograms.length)) : arg))];
  };

  const [program, args] = translate(spec.command);
  const outputs = await openOutputs(pipes);
  const child = spawn(program, args, { stdio: ["ignore", ...outputs.inputs], env, cwd, detached: true });
  outputs.release();
  const { pid = 0 } = child;
  const groups = new Set([pid]);
  janitor.add(pid);
  const end = (group: number): void => {
    // A daemon that it left behind would have died with the container.
    signalProcess(-group, "SIGKILL");
    groups.delete(group);
    janitor.remove(group);
  };
  const tracked = trackContainer({
    id,
    child,
    outputs,
    logFile,
    clock,
    send: (signal) => signalProcess(pid, signal),
    onEnd() {
      for (const group of groups) end(group);
    },
  });
  const signalAll = (signal: NodeJS.Signals): void => {
    for (const group of groups) signalProcess(-group, signal);
  };
  return {
    ...tracked,
    freeze: () => signalAll("SIGSTOP"),
    thaw: () => signalAll("SIGCONT"),
    async exec({ command, signal }) {
      if (groups.size === 0) throw new Error("the container has ended");
      const [execProgram, execArgs] = translate(command);
      const own = await openOutputs(pipes);
      const started = spawn(execProgram, execArgs, { stdio: ["pipe", ...own.inputs], env, cwd, detached: true });
      own.release();
      const { pid: group = 0 } = started;
      groups.add(group);
      janitor.add(group);
      started.once("exit", () => end(group));
      return trackCommand({ child: started, stdout: own.stdout, stderr: own.stderr, signal, kill: () => signalProcess(-group, "SIGKILL") });
    },
  };
}
