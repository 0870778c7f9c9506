import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { isEmbedded, kubectl } from "./asdic.ts";

const program = join(import.meta.dirname, "../../../shared/cluster/registry");

/** Why rows that need registries which refuse or lack images are left out; false where there are such registries, which the embedded cluster imitates by their names. */
export const noRegistry = isEmbedded || existsSync(program) ? false : "the lab's registries (../shared/cluster/registry) are not here";

/** Starts the lab's registries for the nodes, unless they answer already: others may be using them. */
export async function startRegistry(): Promise<void> {
  if (isEmbedded || noRegistry !== false || (await isUp())) return;
  const { status, stderr } = spawnSync(program, ["up"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the lab's registries did not start: ${stderr}`);
}

/** They listen on the machine's own address in the nodes' network. */
async function isUp(): Promise<boolean> {
  const node = await kubectl("get", "nodes", "-o", 'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}');
  const host = node.replace(/\.\d+$/, ".1");
  const answers = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect({ host, port, timeout: 2000 }, () => end(true));
      const end = (isThere: boolean): void => {
        socket.destroy();
        resolve(isThere);
      };
      socket.once("error", () => end(false)).once("timeout", () => end(false));
    });
  return (await answers(5000)) && (await answers(5001));
}
