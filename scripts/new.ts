import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import type { Addition, EntryLine, ImportLine, Kind } from "./kinds.ts";
import { kinds } from "./kinds.ts";

type Request = { readonly kind: Kind; readonly name: string; readonly root: string };

/** Writes the files of a new member of a family below `root` and adds it to the family's lists; gives the files touched. Throws where one is there already. */
export function addMember({ kind, name, root }: Request): readonly string[] {
  const files = Object.entries(kind.files).map(([template, path]) => ({
    path: fill(path, name),
    text: fill(readFileSync(join(templates, template), "utf8"), name),
  }));
  const existing = files.find(({ path }) => existsSync(join(root, path)));
  if (existing !== undefined) throw new Error(`${existing.path} is there already`);
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const line of kind.lines) {
    const path = join(root, line.file);
    writeFileSync(path, insertLine(readFileSync(path, "utf8"), line, name));
  }
  return [...new Set([...files.map(({ path }) => path), ...kind.lines.map(({ file }) => file)])];
}

function insertLine(text: string, line: Kind["lines"][number], name: string): string {
  if ("line" in line) return insertImport(text, { ...line, line: fill(line.line, name) });
  if ("entry" in line) return insertEntry(text, { ...line, entry: fill(line.entry, name) });
  return insertBehind(text, { ...line, text: fill(line.text, name) });
}

function insertImport(text: string, { file, line }: ImportLine): string {
  const last = [...text.matchAll(/^import\b[^;]*;\n/gm)].at(-1);
  if (last === undefined) throw new Error(`${file} has no imports`);
  const end = last.index + last[0].length;
  return `${text.slice(0, end)}${line}\n${text.slice(end)}`;
}

function insertEntry(text: string, { file, constant, entry }: EntryLine): string {
  const start = new RegExp(`^(?:export )?const ${constant}\\b[^;]*?=\\s*(?=[[{])`, "m").exec(text);
  const open = start === null ? -1 : start.index + start[0].length;
  const close = findClosing(text, open);
  if (close === -1) throw new Error(`${file} has no list ${constant}`);
  const before = text.slice(0, close).trimEnd();
  return `${before}${/[,[{]$/.test(before) ? "" : ","}\n${entry},\n${text.slice(close)}`;
}

function insertBehind(before: string, { file, behind, text }: Addition): string {
  const place = behind.exec(before);
  if (place === null) throw new Error(`${file} has no ${behind.source}`);
  const end = place.index + place[0].length;
  return before.slice(0, end) + text + before.slice(end);
}

/** Where the bracket that opens at `open` is closed; brackets in strings come in pairs too in these lists. */
function findClosing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at >= 0 && at < text.length; at++) {
    if (/[[{(]/.test(text.charAt(at))) depth++;
    if (/[\]})]/.test(text.charAt(at)) && --depth === 0) return at;
  }
  return -1;
}

function fill(text: string, name: string): string {
  const pascal = name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const forms: { readonly [form: string]: string } = {
    kebab: name,
    pascal,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    plain: name.replaceAll("-", ""),
  };
  return text.replaceAll(/\{\{([a-z]+)\}\}/g, (placeholder, form: string) => forms[form] ?? placeholder);
}

const templates = join(import.meta.dirname, "templates");

function main(kindName = "", name = ""): number {
  const kind = Object.hasOwn(kinds, kindName) ? kinds[kindName] : undefined;
  if (kind === undefined || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    console.error(`Usage: npm run new -- ${Object.keys(kinds).join("|")} NAME, the name in kebab-case`);
    return 2;
  }
  const root = join(import.meta.dirname, "..");
  const files = addMember({ kind, name, root });
  spawnSync(join(root, "node_modules/.bin/oxfmt"), ["--no-error-on-unmatched-pattern", ...files.filter((path) => path.endsWith(".ts"))], { cwd: root });
  console.log([...files, "", ...kind.next.map((sentence) => fill(sentence, name)), "Then `npm run check`."].join("\n"));
  return 0;
}

if (import.meta.main) process.exitCode = main(...parseArgs({ allowPositionals: true }).positionals);
