import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The source of reports/html/templates.ts: every .hbs and .css of the folder as a string, by its file name. Bundled chunks move, so a
 * template can't be read from beside the code; test/scripts/build-templates.test.ts sees that the committed file is what this renders.
 */
export async function renderTemplates(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".hbs") || name.endsWith(".css")).toSorted();
  const lines = await Promise.all(names.map(async (name) => `  ${JSON.stringify(name)}: ${JSON.stringify(await readFile(join(folder, name), "utf8"))},\n`));
  return `/** Made by \`npm run build\` from the .hbs and .css files of this folder; change those. */\nexport const templates = {\n${lines.join("")}} as const;\n`;
}

/** Writes templates.ts into the folder of the templates. */
export async function writeTemplates(folder: string): Promise<void> {
  await writeFile(join(folder, templatesFile), await renderTemplates(folder));
}

export const templatesFile = "templates.ts";
export const templatesFolder = join(import.meta.dirname, "../reports/html");

if (import.meta.main) await writeTemplates(templatesFolder);
