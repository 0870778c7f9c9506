import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/**
 * The source of reports/html/templates.ts: every .hbs of templates/ as it is, style/main.css and each named script of page/ bundled into one text. Bundled
 * chunks move, so a template can't be read from beside the code; test/scripts/build-templates.test.ts sees that the committed file is what this renders.
 */
export async function renderTemplates(folder: string): Promise<string> {
  const names = (await readdir(join(folder, "templates"))).filter((name) => name.endsWith(".hbs")).toSorted();
  const texts = [
    ...(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, "templates", name), "utf8")] as const))),
    ["style.css", await bundle(join(folder, "style/main.css"))] as const,
    ...(await Promise.all(pageScripts.map(async (name) => [`${name}.js`, await bundle(join(folder, `page/${name}.ts`))] as const))),
  ];
  const lines = texts.map(([name, text]) => `  ${JSON.stringify(name)}: ${JSON.stringify(text)},\n`);
  return `/** Made by \`npm run build\` from templates/, style/ and page/ of this folder; change those. */\nexport const templates = {\n${lines.join("")}} as const;\n`;
}

/** Writes templates.ts into the folder of the templates. */
export async function writeTemplates(folder: string): Promise<void> {
  await writeFile(join(folder, templatesFile), await renderTemplates(folder));
}

export const templatesFile = "templates.ts";
export const templatesFolder = join(import.meta.dirname, "../reports/html");

/** What runs before the page is painted, and what runs when all of it is there. */
const pageScripts = ["early", "main"] as const;

/** One text without imports, spaces and comments; "</script" and "</style" are escaped by esbuild. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    target: ["chrome120", "firefox120", "safari17"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}

if (import.meta.main) await writeTemplates(templatesFolder);
