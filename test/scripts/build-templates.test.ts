import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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
  for (const name of ["templates", "style", "page"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "templates/page.hbs"), hostile);
  await writeFile(join(folder, "style/part.css"), "body { color: red }\n");
  await writeFile(join(folder, "style/main.css"), '@import "./part.css";\n');
  await writeFile(join(folder, "page/text.ts"), 'export const text: string = "</script>";\n');
  for (const name of ["early", "main"]) await writeFile(join(folder, `page/${name}.ts`), `import { text } from "./text.ts";\n${name}(text);\n`);
  await writeTemplates(folder);
  const { templates } = (await import(join(folder, templatesFile))) as { readonly templates: unknown };
  const { "early.js": early, "main.js": main, ...texts } = templates as { readonly [name: string]: string };
  assert.deepEqual(texts, { "page.hbs": hostile, "style.css": "body{color:red}\n" });
  for (const script of [early, main]) assert.match(script ?? "", /^\(\(\)=>\{var \w+="<\\\/script>";(?:early|main)\(\w+\);\}\)\(\);\n$/);
});
