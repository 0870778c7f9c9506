import { isBuiltin } from "node:module";
import { basename, dirname, join } from "node:path/posix";
import { readImports } from "./read-imports.ts";

/** One row of the table: what the files of a folder may import besides each other. */
export type Row = {
  readonly folder: string;
  /** Folders of other rows; one that holds several stands for all of them. */
  readonly imports: readonly string[];
  readonly packages: readonly string[];
  /** "none": it does no I/O, and imports no module of Node.js. */
  readonly builtins: "any" | "none";
  /** "apart": its folders don't know each other, only the files beside them. */
  readonly folders?: "apart";
};

/** A source file, its path relative to the repository. */
export type SourceFile = { readonly path: string; readonly text: string };

/** Everything that breaks the table or the house style, as sentences that begin with the file or the row; empty if all is well. */
export function findProblems({
  rows,
  free,
  files,
}: {
  readonly rows: readonly Row[];
  readonly free: readonly string[];
  readonly files: readonly SourceFile[];
}): readonly string[] {
  const used = new Set<string>();
  const problems = files.flatMap((file) => [...findStyleProblems(file), ...(isInside(file.path, free) ? [] : findImportProblems(file, rows, used))]);
  return [...problems, ...rows.flatMap((row) => findStaleEntries(row, used))];
}

function findImportProblems(file: SourceFile, rows: readonly Row[], used: Set<string>): readonly string[] {
  const row = rowOf(file.path, rows);
  if (row === undefined) return [`${file.path} is in no folder of the table`];
  return readImports(file.text).flatMap((specifier) => {
    const refusal = specifier.startsWith(".")
      ? refuseFile({ from: file.path, to: join(dirname(file.path), specifier), row }, rows, used)
      : refusePackage(specifier, row, used);
    return refusal === undefined ? [] : [`${file.path} imports ${specifier}: ${refusal}`];
  });
}

type Edge = { readonly from: string; readonly to: string; readonly row: Row };

function refuseFile({ from, to, row }: Edge, rows: readonly Row[], used: Set<string>): string | undefined {
  // The version is written in one place only.
  if (to === "package.json") return undefined;
  const target = rowOf(to, rows);
  if (target === undefined) return "it is in no folder of the table";
  if (target === row) {
    const [ours, theirs] = [innerFolder(from, row), innerFolder(to, row)];
    return row.folders === "apart" && ours !== undefined && theirs !== undefined && ours !== theirs
      ? `folders of ${row.folder} don't know each other`
      : undefined;
  }
  const entry = row.imports.find((allowed) => isInside(to, [allowed]));
  if (entry === undefined) return `${row.folder} may import ${list(row.imports)}`;
  used.add(`${row.folder} imports ${entry}`);
  return undefined;
}

function refusePackage(specifier: string, row: Row, used: Set<string>): string | undefined {
  if (isBuiltin(specifier)) return row.builtins === "none" ? `${row.folder} does no I/O` : undefined;
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (!row.packages.includes(name)) return `${row.folder} may use ${list(row.packages)}`;
  used.add(`${row.folder} uses ${name}`);
  return undefined;
}

function findStaleEntries({ folder, imports, packages }: Row, used: ReadonlySet<string>): readonly string[] {
  const entries = [...imports.map((name) => `${folder} imports ${name}`), ...packages.map((name) => `${folder} uses ${name}`)];
  return entries.filter((entry) => !used.has(entry)).map((entry) => `the table says that ${entry}, and no file does`);
}

function findStyleProblems({ path, text }: SourceFile): readonly string[] {
  const lines = text.split("\n").length - 1;
  const words = dirname(path).split("/");
  return [
    ...(lines > mostLines ? [`${path} has ${lines} lines; ${mostLines} at most`] : []),
    ...words.filter((word) => vagueNames.includes(word)).map((word) => `${path}: a folder named ${word} says nothing`),
    ...[...words, basename(path)].filter((word) => !kebabCase.test(word)).map((word) => `${path}: ${word} is not in kebab-case`),
    ...(isBarrel(text) ? [`${path} only exports what others hold`] : []),
  ];
}

const mostLines = 250;
const vagueNames = ["utils", "util", "common", "helpers", "lib", "misc", "shared"];
const kebabCase = /^(?:\.|[a-z0-9]+(?:[-.][a-z0-9]+)*)$/;

function isBarrel(text: string): boolean {
  const code = text.replaceAll(/\/\*.*?\*\/|^\s*\/\/.*$/gms, "");
  const withoutReExports = code.replaceAll(/^(?:import|export)\b[^"=]*"[^"]*";?$/gms, "").replaceAll(/^export (?:type )?\{[^}]*\};?$/gms, "");
  return code.trim() !== "" && withoutReExports.trim() === "" && code.includes("export");
}

const rowOf = (path: string, rows: readonly Row[]): Row | undefined => rows.find(({ folder }) => isInside(path, [folder]));
const isInside = (path: string, folders: readonly string[]): boolean => folders.some((folder) => path.startsWith(`${folder}/`));
const list = (names: readonly string[]): string => (names.length === 0 ? "none" : names.join(", "));

/** The folder inside the row's folder in which a file is; none if it lies directly in it. */
function innerFolder(path: string, { folder }: Row): string | undefined {
  const [inner, ...rest] = path.slice(folder.length + 1).split("/");
  return rest.length === 0 ? undefined : inner;
}
