import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdirSync, openSync, unlinkSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";

/** One end to read here, one (a file descriptor, to be closed by who was given it) for a process to write into. */
export type OutputPipe = { readonly output: Readable; readonly input: number };

/** Makes pipes that processes can open by name again (/dev/stdout), which they can't with the sockets that Node's own "pipe" makes. */
export type OutputPipes = { open(): Promise<OutputPipe> };

export function createOutputPipes(folder: string): OutputPipes {
  mkdirSync(folder, { recursive: true });
  let ready: string[] = [];
  let count = 0;
  let filling: Promise<void> | undefined;
  const fill = async (): Promise<void> => {
    const made = Array.from({ length: batch }, () => join(folder, `o${count++}`));
    // For the container's user, who opens /dev/stdout; nobody else can enter the folder.
    const child = spawn("mkfifo", ["-m", "666", ...made], { stdio: "ignore" });
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`mkfifo ended with ${String(code)} in ${folder}`);
    ready = [...ready, ...made];
  };
  return {
    async open() {
      while (ready.length === 0) {
        filling ??= fill().finally(() => (filling = undefined));
        await filling;
      }
      const path = ready.shift() ?? "";
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const input = openSync(path, constants.O_WRONLY);
      unlinkSync(path);
      return { output: new Socket({ fd: reader, readable: true, writable: false }), input };
    },
  };
}

/** Two pipes, for standard output and standard error. */
export async function openOutputs(pipes: OutputPipes): Promise<{
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly inputs: readonly [number, number];
  /** To be called when the process has its own copies. */
  release(): void;
}> {
  const [out, error] = await Promise.all([pipes.open(), pipes.open()]);
  return {
    stdout: out.output,
    stderr: error.output,
    inputs: [out.input, error.input],
    release() {
      closeSync(out.input);
      closeSync(error.input);
    },
  };
}

const batch = 16;
