import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import schemas from "../embedded/api/schema/schemas.json" with { type: "json" };

/**
 * Writes embedded/api/http/protobuf/messages.json from the Go sources of k8s.io/api and k8s.io/apimachinery in the module cache: the fields of each definition of
 * schemas.json by their protobuf number. "?" is a pointer, whose zero counts; "=" a struct whose fields JSON shows beside the others.
 */
const version = "v0.36.3";
const { stdout } = await promisify(execFile)("go", ["env", "GOMODCACHE"]);
const modules = join(stdout.trim(), "k8s.io");

const wanted = new Set(Object.keys(schemas.definitions));
const found = new Map<string, Record<number, string>>();
for (const [folder, name] of await listFolders()) {
  for (const file of (await readdir(folder)).filter((path) => /^(?:types|.*_types)\.go$/.test(path)))
    readStructs(name, await readFile(join(folder, file), "utf8"));
}

const messages: Record<string, readonly string[]> = {};
for (const definition of wanted) add(definition);
const json = JSON.stringify(Object.fromEntries(Object.entries(messages).toSorted(([a], [b]) => (a < b ? -1 : 1))));
await writeFile(new URL("../embedded/api/http/protobuf/messages.json", import.meta.url), `${json.replaceAll("],", "],\n")}\n`);
console.log(`${Object.keys(messages).length} messages, ${json.length} bytes; none for ${[...wanted].filter((name) => messages[name] === undefined).join(" ")}`);

async function listFolders(): Promise<readonly (readonly [string, string])[]> {
  const api = join(modules, `api@${version}`);
  const groups = await readdir(api, { withFileTypes: true });
  const versions = groups
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => ["v1", "v2"].map((each) => [join(api, name, each), `${name}.${each}`] as const));
  const present = await Promise.all(versions.map(async (pair) => ((await readdir(pair[0]).catch(() => [])).length > 0 ? [pair] : [])));
  return [...present.flat(), [join(modules, `apimachinery@${version}`, "pkg/apis/meta/v1"), "meta.v1"]];
}

function readStructs(folder: string, source: string): void {
  for (const [, name = "", body = ""] of source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
    const fields: Record<number, string> = {};
    for (const [, type = "", jsonName = "", , number = ""] of body.matchAll(
      /^\t(?:\w+\s+)?([^\s`]+)\s+`.*?json:"([^",]*)(,[^"]*)?".*?protobuf:"\w+,(\d+),/gm,
    )) {
      const embedded = type.includes(".") ? type.replace("metav1.", "meta.v1.").replace(/^v1\./, "core.v1.") : `${folder}.${type}`;
      fields[Number(number)] = jsonName === "" ? `=${embedded}` : `${jsonName}${type.startsWith("*") ? "?" : ""}`;
    }
    if (Object.keys(fields).length > 0) found.set(`${folder}.${name}`, fields);
  }
}

function add(name: string): void {
  const fields = found.get(name);
  if (fields === undefined || messages[name] !== undefined) return;
  const last = Math.max(...Object.keys(fields).map(Number));
  messages[name] = Array.from({ length: last }, (_, index) => fields[index + 1] ?? "");
  for (const field of Object.values(fields)) if (field.startsWith("=")) add(field.slice(1));
}
