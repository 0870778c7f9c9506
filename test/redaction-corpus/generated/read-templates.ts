import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** How a template is used: a file of its own name, an object in YAML, a few lines of a log, or one line of a log each. */
export type TemplateKind = "file" | "object" | "log";

/** Templates that hold secrets, and templates that only look so. */
export type TemplateFolder = "secrets" | "harmless";

export type Template = { readonly id: string; readonly family: string; readonly kind: TemplateKind; readonly name: string; readonly body: string };

/** Reads the templates of a folder: `=== family kind name` over each; under the kind `lines`, every line is a template of a log. */
export function readTemplates(folder: TemplateFolder): readonly Template[] {
  const from = join(import.meta.dirname, "templates", folder);
  return readdirSync(from)
    .toSorted()
    .flatMap((name) => parseTemplates(name, readFileSync(join(from, name), "utf8")));
}

function parseTemplates(file: string, text: string): readonly Template[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .flatMap((section, index) => {
      const [header = "", ...lines] = section.split("\n");
      const [family = "", kind = "", name = "app.log"] = header.split(" ");
      const id = `${file}:${index}`;
      if (kind === "lines") return lines.filter((line) => line !== "").map((body, line) => ({ id: `${id}.${line}`, family, kind: "log" as const, name, body }));
      if (kind !== "file" && kind !== "object" && kind !== "log") throw new Error(`${file}: ${header} names no kind of template`);
      return [{ id, family, kind, name, body: `${lines.join("\n").trimEnd()}\n` }];
    });
}
