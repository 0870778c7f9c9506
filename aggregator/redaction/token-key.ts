import { randomBytes } from "node:crypto";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { objectNames, tokenSecretFields } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";

/**
 * The key with which a run's names become tokens, 32 bytes from Secret asdic-token, made and kept there at the first start, so that the next aggregator
 * gives the same tokens; undefined where names stay.
 */
export async function readOrMakeTokenKey(cluster: Cluster, { namespace, redaction }: RunSpec, signal: AbortSignal): Promise<Buffer | undefined> {
  if (redaction === false || redaction.privacy === "off") return undefined;
  const ref = { apiVersion: "v1", kind: "Secret", namespace, name: objectNames.tokenSecret };
  const { data } = await cluster.get(ref, signal);
  const kept = isJsonObject(data) ? data[field] : undefined;
  const key = typeof kept === "string" ? Buffer.from(kept, "base64") : undefined;
  if (key?.length === keyBytes) return key;
  const made = randomBytes(keyBytes);
  await cluster.patch(ref, { data: { [field]: made.toString("base64") } }, { signal });
  return made;
}

const field = tokenSecretFields.tokenKey;
const keyBytes = 32;
