import { spawn } from "node:child_process";
import { once } from "node:events";

/** A process beside this one that cleans up when this one is gone, whatever ended it. */
export type Janitor = {
  /** A process group to be killed then. */
  add(group: number): void;
  remove(group: number): void;
  /** Cleans up now; resolves when the folder is gone. */
  close(): Promise<void>;
};

/** Starts it for a folder, which it removes with all that is in it, and with what the nodes' links named `memory` lead to. */
export function startJanitor(folder: string): Janitor {
  const child = spawn("/bin/sh", ["-c", script, "sh", folder], { stdio: ["pipe", "ignore", "ignore"], env: { PATH: "/usr/bin:/bin" }, detached: true });
  const closed = once(child, "close");
  closed.catch(() => undefined);
  child.stdin.on("error", () => undefined);
  // It must not keep alive what it waits for.
  child.unref();
  if ("unref" in child.stdin && typeof child.stdin.unref === "function") child.stdin.unref();
  return {
    add: (group) => void child.stdin.write(`add ${group}\n`),
    remove: (group) => void child.stdin.write(`remove ${group}\n`),
    async close() {
      child.ref();
      child.stdin.end();
      await closed;
    },
  };
}

/** Folders that a program made unreadable to itself are in the way of nobody but rm. */
const script = `
trap '' INT TERM HUP
groups=
while read -r verb group; do
  rest=
  for one in $groups; do [ "$one" = "$group" ] || rest="$rest $one"; done
  groups=$rest
  [ "$verb" != add ] || groups="$groups $group"
done
for one in $groups; do kill -s KILL -- "-$one"; done
for one in "$1"/nodes/*/memory; do
  [ ! -L "$one" ] || rm -rf -- "$(readlink "$one")"
done
tries=0
until rm -rf -- "$1" || [ "$tries" -ge 20 ]; do
  tries=$((tries + 1))
  chmod -R u+rwX -- "$1"
  sleep 0.1
done
`;
