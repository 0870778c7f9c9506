import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { resolvePlugins } from "../../../cli/plugins/resolve.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-plugins-"));
after(() => rm(folder, { recursive: true }));
const file = (name: string): string => `sonobuoy-config:\n  driver: Job\n  plugin-name: ${name}\nspec:\n  image: x\n`;
const large = `${file("large")}config-map:\n  big: "${"x".repeat(190 * 1024)}"\n`;
await mkdir(join(folder, "set/deeper"), { recursive: true });
await mkdir(join(folder, "empty"));
await mkdir(join(folder, "bad"));
for (const [path, text] of [
  ["one.yaml", file("one")],
  ["again.yaml", file("one")],
  ["at@home.yaml", file("home")],
  ["large.yaml", large],
  ["huge.yaml", " ".repeat(1024 ** 2 + 1)],
  ["set/b.yml", file("b")],
  ["set/a.yaml", file("a")],
  ["set/readme.md", "no plugin"],
  ["set/deeper/c.yaml", file("c")],
  ["bad/x.yaml", file("X")],
  ["bad/y.yaml", "a: [\n"],
] as const)
  await writeFile(join(folder, path), text);

const serve: Record<string, RequestListener> = {
  "/plugin.yaml": (_request, response) => response.end(file("remote")),
  "/moved": (_request, response) => response.writeHead(302, { location: "/plugin.yaml" }).end(),
  "/missing": (_request, response) => response.writeHead(404).end(),
  "/endless": (_request, response) => response.write(" ".repeat(2 * 1024 ** 2)),
};
const server = createServer((request, response) => serve[new URL(request.url ?? "", "http://x").pathname]?.(request, response));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => {
  server.closeAllConnections();
  server.close();
});
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const resolveNames = async (wanted: readonly string[]): Promise<readonly string[]> =>
  (await resolvePlugins({ wanted, cwd: folder, signal: new AbortController().signal })).map(({ definition }) => definition.name);

const found: readonly { readonly what: string; readonly wanted: readonly string[]; readonly names: readonly string[] }[] = [
  { what: "built-ins by any of their names", wanted: ["smoke", "e2e"], names: ["smoke", "e2e"] },
  { what: "a file", wanted: ["one.yaml"], names: ["one"] },
  { what: "a file by its whole path", wanted: [join(folder, "one.yaml")], names: ["one"] },
  { what: "a file twice under different names", wanted: ["one.yaml", "one.yaml@two"], names: ["one", "two"] },
  { what: "a file with @ in its name, renamed or not", wanted: ["at@home.yaml", "at@home.yaml@away"], names: ["home", "away"] },
  { what: "a folder's YAML files, sorted, and none of folders in it", wanted: ["set"], names: ["a", "b"] },
  { what: "an address", wanted: [`${address}/plugin.yaml`], names: ["remote"] },
  { what: "an address that leads elsewhere, renamed", wanted: [`${address}/moved@near`], names: ["near"] },
];
for (const { what, wanted, names } of found) test(`-p takes ${what}`, async () => assert.deepEqual(await resolveNames(wanted), names));

const refused: readonly { readonly what: string; readonly wanted: readonly string[]; readonly lines: readonly string[] }[] = [
  {
    what: "a name of nothing",
    wanted: ["nope"],
    lines: ["nope: is neither a built-in plugin (node-facts, smoke, conformance, e2e) nor a file, folder or http(s) address that is there"],
  },
  {
    what: "the same plugin twice",
    wanted: ["one.yaml", "again.yaml"],
    lines: ['again.yaml:3: sonobuoy-config.plugin-name: "one" is already the name of the plugin in one.yaml'],
  },
  {
    what: "a built-in's name taken",
    wanted: ["smoke", "one.yaml@smoke"],
    lines: ['one.yaml:3: sonobuoy-config.plugin-name: "smoke" is already the name of the plugin in smoke'],
  },
  { what: "a built-in renamed", wanted: ["smoke@fire"], lines: ["smoke@fire: a built-in plugin can't be renamed"] },
  { what: "a folder renamed", wanted: ["set@other"], lines: ["set: is a folder, whose plugins can't be renamed"] },
  {
    what: "a bad new name",
    wanted: ["one.yaml@Two"],
    lines: ["one.yaml@Two: the new name must be lower-case letters, digits, '-' and '.', and begin and end with a letter or digit"],
  },
  { what: "a reserved new name", wanted: ["one.yaml@asdic"], lines: ["one.yaml@asdic: the new name is reserved"] },
  { what: "a folder without plugins", wanted: ["empty"], lines: ["empty: is a folder without .yaml or .yml files"] },
  { what: "a definition over 180 KiB", wanted: ["large.yaml"], lines: ["large.yaml:1: the definition has 191 KiB, and 180 KiB is the most that one can have"] },
  { what: "a file over 1 MiB", wanted: ["huge.yaml"], lines: ["huge.yaml: is larger than 1 MiB"] },
  { what: "an address without a plugin", wanted: [`${address}/missing`], lines: [`${address}/missing: can't be fetched: the server answered 404`] },
  { what: "an answer over 1 MiB", wanted: [`${address}/endless`], lines: [`${address}/endless: can't be fetched: it is larger than 1 MiB`] },
  {
    what: "all that is wrong, at once",
    wanted: ["nope", "bad", "one.yaml"],
    lines: [
      "nope: is neither a built-in plugin (node-facts, smoke, conformance, e2e) nor a file, folder or http(s) address that is there",
      "bad/x.yaml:3: sonobuoy-config.plugin-name: must be lower-case letters, digits, '-' and '.', and begin and end with a letter or digit",
      "bad/y.yaml:2: is no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
  },
];
for (const { what, wanted, lines } of refused)
  test(`-p refuses ${what}`, async () => {
    await assert.rejects(resolveNames(wanted), (error) => {
      assert.ok(isKnownError(error));
      assert.deepEqual([error.exitCode, error.message.split("\n").slice(1)], [2, lines]);
      return true;
    });
  });
