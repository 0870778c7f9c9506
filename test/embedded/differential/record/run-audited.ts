import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { withAudit } from "./with-audit.ts";

/** Names that stand in the log as they are; the replay gives each replay names of its own. */
export const runNamespace = "differential";
export const peopleNamespace = "differential-people";

/** Runs built-in plugins, a Job, a DaemonSet, plugins that fail and refusals through the CLI, on the cluster of $KUBECONFIG, which is the lab's, and gives the audit log of that. */
export async function runAudited(): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-differential-"));
  const people = (name: string): string => `system:serviceaccount:${peopleNamespace}:${name}`;
  try {
    await removeAll();
    await kubectl("create", "namespace", peopleNamespace);
    for (const person of ["admin", "nobody"]) await kubectl("create", "serviceaccount", person, "-n", peopleNamespace);
    await kubectl("create", "clusterrolebinding", peopleNamespace, "--clusterrole=cluster-admin", `--serviceaccount=${peopleNamespace}:admin`);
    const users = { names: [people("admin"), people("nobody")], groups: [`system:serviceaccounts:${runNamespace}`] };
    return await withAudit(users, async () => {
      const [admin, nobody] = [await writeKubeconfig(folder, "admin"), await writeKubeconfig(folder, "nobody")];
      const plugins = [
        "smoke",
        "node-facts",
        plugin("jobs/skip-cleanup"),
        plugin("nodes/no-control-plane"),
        plugin("faults/no-image"),
        plugin("faults/no-config"),
      ];
      const run = ["run", "--wait", "--timeout", "75s", ...plugins.flatMap((name) => ["-p", name])];
      for (const [kubeconfig, args] of [
        [nobody, run],
        [nobody, ["status"]],
        [admin, run],
        [admin, ["status"]],
        [admin, run],
        [admin, ["retrieve"]],
        [nobody, ["retrieve"]],
        [nobody, ["delete"]],
        [admin, ["delete", "--wait"]],
        [admin, ["status"]],
      ] as const)
        await asdic([...args, "-n", runNamespace, "--kubeconfig", kubeconfig], folder);
    });
  } finally {
    await removeAll();
    await rm(folder, { recursive: true, force: true });
  }
}

const root = join(import.meta.dirname, "../../../..");
const plugin = (name: string): string => join(root, "test/e2e/plugins", `${name}.yaml`);

async function kubectl(...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)("kubectl", [...args])).stdout;
}

async function removeAll(): Promise<void> {
  await kubectl("delete", "clusterrolebinding", peopleNamespace, "--ignore-not-found");
  await kubectl("delete", "namespace", peopleNamespace, "--ignore-not-found");
}

/** What a command says is shown, whatever it ends with: refusals are wanted too. */
function asdic(args: readonly string[], cwd: string): Promise<void> {
  console.error(`asdic ${args.join(" ")}`);
  const child = spawn(process.execPath, [join(root, "cli/main.ts"), ...args], {
    cwd,
    env: { ...process.env, ASDIC_IMAGE: "ghcr.io/asdic/asdic:dev", NO_COLOR: "1" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve) => child.once("close", () => resolve()));
}

async function writeKubeconfig(folder: string, person: string): Promise<string> {
  const { clusters } = JSON.parse(await kubectl("config", "view", "--raw", "--minify", "-o", "json"));
  const token = (await kubectl("create", "token", person, "-n", peopleNamespace, "--duration=1h")).trim();
  const path = join(folder, `${person}.json`);
  const context = { name: person, context: { cluster: clusters[0].name, user: person } };
  const config = { apiVersion: "v1", kind: "Config", clusters, users: [{ name: person, user: { token } }], contexts: [context], "current-context": person };
  await writeFile(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}
