import { createHash } from "node:crypto";
import { accessSync, constants, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { NodeFolders, NodeSpec } from "../kubelet-context.ts";

/** Makes a node's disk below a folder: what a hostPath of "/" shows, with the few files that plugins look at. */
export function makeFolders(folder: string, { name, address }: NodeSpec, caPem: string): Omit<NodeFolders, "volumes"> {
  const root = join(folder, "root");
  const folders = { root, pods: join(root, "var/lib/kubelet/pods"), logs: join(root, "var/log/pods") };
  for (const path of [folders.pods, folders.logs, join(root, "etc/kubernetes/pki"), join(root, "tmp")]) mkdirSync(path, { recursive: true });
  writeFileSync(join(root, "etc/hostname"), `${name}\n`);
  writeFileSync(join(root, "etc/hosts"), `127.0.0.1 localhost\n${address} ${name}\n`);
  writeFileSync(join(root, "etc/machine-id"), `${createHash("md5").update(name).digest("hex")}\n`);
  writeFileSync(join(root, "etc/kubernetes/pki/ca.crt"), caPem);
  try {
    copyFileSync("/etc/os-release", join(root, "etc/os-release"));
  } catch {
    writeFileSync(join(root, "etc/os-release"), 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nID=debian\nVERSION_ID="12"\n');
  }
  return { ...folders, memory: makeMemory(folder) };
}

/** A folder that lies in memory, where Linux has it; `folder/memory` points there, so that who finds one finds the other. */
function makeMemory(folder: string): string | undefined {
  try {
    accessSync("/dev/shm", constants.W_OK);
    const memory = join("/dev/shm", `asdic-${createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 16)}`);
    mkdirSync(memory, { recursive: true, mode: 0o755 });
    symlinkSync(memory, join(folder, "memory"));
    return memory;
  } catch {
    return undefined;
  }
}
