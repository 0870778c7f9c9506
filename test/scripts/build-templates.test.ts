import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { renderTemplates, templatesFile, templatesFolder, writeTemplates } from "../../scripts/build-templates.ts";

test("the committed templates are what their sources say", async () => {
  const committed = await readFile(join(templatesFolder, templatesFile), "utf8");
  assert.equal(committed, await renderTemplates(templatesFolder), "reports/html/templates.ts is out of date: run `npm run build`");
});

test("a template comes back letter by letter, whatever is in it", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "asdic-templates-"));
  t.after(() => rm(folder, { recursive: true }));
  const hostile = '{{#each rows}}`${process.exit(1)}` \\n "quoted" \u2028 </script>\r\n{{/each}}';
  await writeFile(join(folder, "page.hbs"), hostile);
  await writeFile(join(folder, "style.css"), "body { color: red }\n");
  await writeFile(join(folder, "render.ts"), "not a template");
  await writeTemplates(folder);
  const { templates } = (await import(join(folder, templatesFile))) as { readonly templates: unknown };
  assert.deepEqual({ ...(templates as object) }, { "page.hbs": hostile, "style.css": "body { color: red }\n" });
});
