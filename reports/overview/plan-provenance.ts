import { createHash } from "node:crypto";
import { isJsonObject } from "../../core/contract/json.ts";
import type { Provenance } from "../../core/contract/report/provenance.ts";
import { cutHead } from "../cut-text.ts";
import type { RunFacts } from "../run-report.ts";
import type { Run, RunPlugin } from "../run.ts";

/** What made a tarball and which one it is, as far as it says. */
export function planProvenance(run: Run, { tool, serverVersion, startedAt, finishedAt }: RunFacts): Provenance {
  const { manifest, layoutVersion, digest, clusterUid } = run;
  const uid = manifest?.clusterUid ?? clusterUid;
  const layout = manifest === undefined ? layoutVersion : String(manifest.layoutVersion);
  return {
    tool: tool.name,
    ...(tool.version === undefined ? {} : { version: tool.version }),
    ...(layout === undefined ? {} : { layoutVersion: layout }),
    ...(manifest?.command === undefined ? {} : { command: cutHead(manifest.command, longestCommand) }),
    ...(uid === undefined ? {} : { clusterId: createHash("sha256").update(uid).digest("hex").slice(0, 16) }),
    ...(serverVersion === undefined ? {} : { serverVersion }),
    ...(digest === undefined ? {} : { tarballSha256: digest.sha256, tarballBytes: digest.bytes }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    plugins: run.plugins.map((plugin) => {
      const image = imageOf(run, plugin);
      return { name: plugin.name, ...(image === undefined ? {} : { image }) };
    }),
  };
}

const longestCommand = 4096;

function imageOf({ manifest }: Run, { name, definition }: RunPlugin): string | undefined {
  const image = manifest?.plugins.find((plugin) => plugin.name === name)?.image;
  const inner = isJsonObject(definition?.["Definition"]) ? definition["Definition"] : undefined;
  const spec = isJsonObject(inner?.["spec"]) ? inner["spec"]["image"] : undefined;
  const named = image ?? (typeof spec === "string" ? spec : undefined);
  // Built-in plugins run our own image, whichever that is.
  return named?.startsWith("$") === true ? undefined : named;
}
