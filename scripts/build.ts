import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuildResult } from "esbuild";
import { build } from "esbuild";
import packageFile from "../package.json" with { type: "json" };
import { templatesFolder, writeTemplates } from "./build-templates.ts";

/** What is started as a process of its own, each from `dist/<entry>.js`. */
export const entries = [
  "cli/main",
  "cli/snapshot/search-process",
  "aggregator/main",
  "aggregator/relay",
  "worker/main",
  "worker/redact",
  "plugins/main",
] as const;
export type Entry = (typeof entries)[number];

/** Bundles every entry into the folder, shared code in chunks; without a folder nothing is written and only the result tells what would be. */
export function buildBundles(folder?: string): Promise<BuildResult<{ metafile: true }>> {
  return build({
    absWorkingDir: root,
    entryPoints: entries.map((entry) => `${entry}.ts`),
    outdir: folder ?? "dist",
    outbase: ".",
    chunkNames: "chunks/[name]-[hash]",
    write: folder !== undefined,
    metafile: true,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    sourcemap: false,
    legalComments: "linked",
    logLevel: "warning",
    // CommonJS packages ask for Node's own modules by require, which an ES module has not got.
    banner: { js: 'import { createRequire as createRequireOfBundle } from "node:module";\nconst require = createRequireOfBundle(import.meta.url);' },
  });
}

/** Bytes that an entry loads when it starts, without what it imports later; and the packages that they come from. */
export function readStartUp(result: BuildResult<{ metafile: true }>, entry: Entry): { readonly bytes: number; readonly packages: ReadonlySet<string> } {
  const { outputs } = result.metafile;
  const first = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === `${entry}.ts`);
  const seen = new Set<string>();
  const packages = new Set<string>();
  let bytes = 0;
  const waiting = first === undefined ? [] : [first];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const output = outputs[path];
    if (output === undefined || seen.has(path)) continue;
    seen.add(path);
    bytes += output.bytes;
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const name = /.*node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)/.exec(input)?.groups?.["name"];
      if (name !== undefined && bytesInOutput > 0) packages.add(name);
    }
    waiting.push(...output.imports.filter(({ kind }) => kind === "import-statement").map((used) => used.path));
  }
  return { bytes, packages };
}

const root = join(import.meta.dirname, "..");

if (import.meta.main) {
  const dist = join(root, "dist");
  await writeTemplates(templatesFolder);
  await rm(dist, { recursive: true, force: true });
  const result = await buildBundles(dist);
  // In the image dist/ stands alone, and without this its files would be CommonJS.
  await writeFile(join(dist, "package.json"), `${JSON.stringify({ name: packageFile.name, version: packageFile.version, type: "module" }, undefined, 2)}\n`);
  await cp(join(root, "embedded/world/world.yaml"), join(dist, "embedded/world.yaml"));
  for (const entry of entries) {
    const { bytes, packages } = readStartUp(result, entry);
    console.log(`${entry}.js starts with ${Math.ceil(bytes / 1024)} KB: ${[...packages].toSorted().join(", ") || "no packages"}`);
  }
}
