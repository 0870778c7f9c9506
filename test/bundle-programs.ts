import { build } from "esbuild";

/** Bundles programs into a folder as `<name>.mjs`, as the image has them. */
export async function bundlePrograms(entryPoints: readonly string[], folder: string): Promise<void> {
  const banner = { js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);' };
  await build({
    entryPoints: [...entryPoints],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    banner,
    logLevel: "warning",
  });
}
