import assert from "node:assert/strict";
import { test } from "node:test";
import type { Entry } from "../../scripts/build.ts";
import { buildBundles, readStartUp } from "../../scripts/build.ts";

const result = await buildBundles();

/** What a process may load before it knows what it is to do; everything else is imported where it is needed. */
const startUps: { readonly [entry in Entry]: { readonly mostKilobytes: number; readonly never: readonly string[] } } = {
  "cli/main": { mostKilobytes: 290, never: ["@kubernetes/client-node", "handlebars", "saxes", "tar-stream", "yaml", "zod"] },
  "cli/snapshot/search-process": { mostKilobytes: 840, never: ["@kubernetes/client-node", "commander"] },
  "aggregator/relay": { mostKilobytes: 20, never: ["zod", "@kubernetes/client-node"] },
  "aggregator/main": { mostKilobytes: 5000, never: ["commander", "handlebars"] },
  "worker/main": { mostKilobytes: 400, never: ["@kubernetes/client-node", "@peculiar/x509", "commander", "jose", "saxes", "yaml"] },
  "worker/redact": { mostKilobytes: 840, never: ["@kubernetes/client-node", "commander", "jose"] },
  "plugins/main": { mostKilobytes: 50, never: ["@kubernetes/client-node", "commander", "yaml", "zod"] },
};

for (const [entry, { mostKilobytes, never }] of Object.entries(startUps) as [Entry, (typeof startUps)[Entry]][])
  test(`${entry}.js starts with at most ${mostKilobytes} KB, without ${never.join(", ")}`, () => {
    const { bytes, packages } = readStartUp(result, entry);
    assert.ok(bytes > 0 && bytes <= mostKilobytes * 1024, `${bytes} bytes of ${[...packages].toSorted().join(", ")}`);
    assert.deepEqual(
      never.filter((name) => packages.has(name)),
      [],
    );
  });

test("of client-node only what is used is bundled", () => {
  const inputs = Object.values(result.metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const bytes = inputs.filter(([path]) => path.includes("@kubernetes/client-node")).reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  assert.ok(bytes > 0 && bytes < 1_000_000, `${bytes} bytes`);
});
