import { randomBytes } from "node:crypto";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { objectNames, tokenSecretFields } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";

/** People's key to the aggregator from Secret asdic-token, made and kept there at the first start: 64 hexadecimal digits. */
export async function readOrMakeRunToken(cluster: Cluster, { namespace }: RunSpec, signal: AbortSignal): Promise<string> {
  const ref = { apiVersion: "v1", kind: "Secret", namespace, name: objectNames.tokenSecret };
  const { data } = await cluster.get(ref, signal);
  const kept = isJsonObject(data) ? data[tokenSecretFields.token] : undefined;
  if (typeof kept === "string" && kept !== "") return Buffer.from(kept, "base64").toString("utf8").trim();
  const made = randomBytes(32).toString("hex");
  await cluster.patch(ref, { data: { [tokenSecretFields.token]: Buffer.from(made).toString("base64") } }, { signal });
  return made;
}
