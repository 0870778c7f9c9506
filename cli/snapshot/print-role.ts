import type { Cluster } from "../../core/cluster/cluster.ts";
import { renderYaml } from "../plugins/render-plugin-file.ts";
import type { Output } from "../terminal/output.ts";
import { fitText, renderSafeLines } from "../terminal/safe-text.ts";
import { readRole, type RoleRequest } from "./read-role.ts";

/** Prints the role that a snapshot needs as YAML for `kubectl apply -f -`. */
export async function printRole(output: Output, cluster: Cluster, request: RoleRequest): Promise<void> {
  const { objects, problems } = await readRole(cluster, request);
  for (const problem of problems) output.err(`${fitText(problem)}\n`);
  output.out(renderSafeLines(objects.map((object) => `---\n${renderYaml(object)}`).join("")));
}
