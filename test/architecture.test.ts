import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Row, SourceFile } from "./architecture/find-problems.ts";
import { findProblems } from "./architecture/find-problems.ts";

/** The table of the design, for the folders that exist; ARCHITECTURE.md says why. A new row is a design decision. */
const rows: readonly Row[] = [
  { folder: "core/contract", imports: [], packages: ["zod"], builtins: "none" },
  { folder: "core/kubernetes", imports: [], packages: [], builtins: "none" },
  { folder: "core/cluster", imports: ["core/contract", "core/kubernetes"], packages: ["@kubernetes/client-node"], builtins: "any" },
  { folder: "core/archive", imports: ["core/contract"], packages: ["tar-stream"], builtins: "any" },
  { folder: "core/results", imports: ["core/contract"], packages: ["saxes", "yaml"], builtins: "any" },
  { folder: "core/redaction", imports: ["core/contract", "core/archive"], packages: ["yaml"], builtins: "any" },
  { folder: "core/snapshot", imports: ["core/contract", "core/kubernetes", "core/cluster", "core/redaction"], packages: ["p-limit"], builtins: "any" },
  { folder: "core/tables", imports: ["core/contract", "core/kubernetes"], packages: [], builtins: "none" },
  { folder: "plugins", imports: ["core"], packages: [], builtins: "any", folders: "apart" },
  { folder: "worker", imports: ["core/contract", "core/archive", "core/redaction"], packages: [], builtins: "any" },
  { folder: "aggregator", imports: ["core"], packages: ["p-limit", "jose", "@peculiar/x509", "reflect-metadata"], builtins: "any" },
  {
    folder: "reports",
    imports: ["core/contract", "core/archive", "core/results", "core/redaction"],
    packages: ["handlebars", "junit-report-builder"],
    builtins: "any",
  },
  {
    folder: "embedded",
    imports: ["core/contract", "core/kubernetes", "core/tables"],
    packages: ["jose", "ws", "@peculiar/x509", "reflect-metadata", "yaml"],
    builtins: "any",
  },
  {
    folder: "cli",
    imports: ["core", "plugins", "reports", "embedded"],
    packages: ["commander", "@commander-js/extra-typings", "yaml", "p-limit"],
    builtins: "any",
  },
];

/** Folders whose files may import everything. */
const free = ["scripts", "test"];

const root = join(import.meta.dirname, "..");

test("every import is one that the table allows, every entry of the table is used, and files are as the house style wants them", () => {
  const problems = findProblems({ rows, free, files: readSources() });
  assert.ok(problems.length === 0, problems.join("\n"));
});

test("every row of the table is a folder", () => {
  assert.deepEqual(
    rows.map(({ folder }) => folder).filter((folder) => !existsSync(join(root, folder))),
    [],
  );
});

function readSources(): readonly SourceFile[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !["node_modules", "dist"].includes(entry.name))
    .flatMap(({ name }) => readdirSync(join(root, name), { recursive: true, encoding: "utf8" }).map((path) => `${name}/${path}`))
    .filter((path) => path.endsWith(".ts") && !/^test\/(?:fixtures|golden)\//.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
