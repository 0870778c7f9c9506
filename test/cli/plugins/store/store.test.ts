import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { pluginsCommand } from "../../../../cli/commands/plugins.ts";
import { resolvePlugins } from "../../../../cli/plugins/resolve.ts";
import { isKnownError } from "../../../../core/contract/known-error.ts";
import { assertGolden } from "../../../golden.ts";
import { runCommand } from "../../results-report/run-command.ts";

const cwd = await mkdtemp(join(tmpdir(), "asdic-store-"));
after(() => rm(cwd, { recursive: true }));
const environment = { HOME: join(cwd, "home") };
const folder = join(cwd, "home/.local/share/asdic/plugins");
const file = (name: string, image = "x:1"): string =>
  `sonobuoy-config: {driver: Job, plugin-name: ${name}, description: Says ${name}.}\nspec: {image: "${image}"}\n`;
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const server = createServer((_request, response) => response.end(file("remote")));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeEach(async () => {
  await rm(cwd, { recursive: true, force: true });
  await mkdir(join(cwd, "home/.sonobuoy"), { recursive: true });
  await writeFile(join(cwd, "one.yaml"), file("one"));
  await writeFile(join(cwd, "bad.yaml"), file("Bad"));
});

const plugins = (args: readonly string[], own: { readonly environment?: NodeJS.ProcessEnv; readonly input?: string } = {}) =>
  runCommand(pluginsCommand, args, { cwd, environment, ...own });
const names = async (wanted: readonly string[]): Promise<readonly string[]> =>
  (await resolvePlugins({ wanted, cwd, environment, signal: new AbortController().signal })).map(({ definition }) => definition.name);

/** The error that a call ends with, as one text; and nothing is stored by it. */
async function refusal(args: readonly string[], own: Parameters<typeof plugins>[1] = {}): Promise<string> {
  const before = await readdir(folder).catch(() => []);
  try {
    await plugins(args, own);
  } catch (error) {
    assert.ok(isKnownError(error), String(error));
    assert.equal(error.exitCode, 2);
    assert.deepEqual(await readdir(folder).catch(() => []), before);
    return `${error.message}\n${error.hint ?? ""}`;
  }
  return assert.fail(`${args.join(" ")} was not refused`);
}

test("an installed plugin is kept as it came, for its owner alone, with where it is from, and is run by its name", async () => {
  const { out } = await plugins(["install", "mine", "one.yaml"]);
  assert.equal(out, `Installed mine, which calls itself one, with SHA-256 ${sha256(file("one"))}.\nRun it with \`asdic run -p mine\`.\n`);
  assert.deepEqual((await readdir(folder)).toSorted(), ["mine.origin.json", "mine.yaml"]);
  assert.equal(await readFile(join(folder, "mine.yaml"), "utf8"), file("one"));
  const origin = { source: join(cwd, "one.yaml"), sha256: sha256(file("one")), installedAt: "1970-01-01T00:00:00.000Z" };
  assert.deepEqual(JSON.parse(await readFile(join(folder, "mine.origin.json"), "utf8")), origin);
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
  assert.equal((await stat(join(folder, "mine.yaml"))).mode & 0o777, 0o600);
  assert.deepEqual(await names(["mine", "mine@other"]), ["one", "other"]);
  assert.match((await plugins(["show", "mine"])).out, /plugin-name: one\n/);
});

test("it is taken from the standard input and from an address, of which neither password nor query is kept", async () => {
  await plugins(["install", "piped", "-"], { input: file("piped") });
  const { err } = await plugins(["install", "fetched", `${address.replace("//", "//me:secret@")}/p.yaml?token=secret`]);
  assert.match(err, /^note: .* came over http, where anyone on the way could have changed it\./);
  assert.deepEqual(await names(["piped", "fetched"]), ["piped", "remote"]);
  const origins = await Promise.all(["piped", "fetched"].map((name) => readFile(join(folder, `${name}.origin.json`), "utf8")));
  assert.deepEqual(
    origins.map((text) => JSON.parse(text).source),
    ["standard input", `${address}/p.yaml`],
  );
});

test("with the right --sha256 it is installed, and over http without a note", async () => {
  const { err } = await plugins(["install", "fetched", `${address}/p.yaml`, "--sha256", sha256(file("remote")).toUpperCase()]);
  assert.equal(err, "");
});

const refused: readonly { readonly what: string; readonly args: readonly string[]; readonly says: RegExp }[] = [
  {
    what: "another SHA-256 than asked for",
    args: ["install", "a", "one.yaml", "--sha256", "0".repeat(64)],
    says: /one\.yaml: has the SHA-256 [0-9a-f]{64}, and another was asked for\nNothing was installed/,
  },
  { what: "what is no SHA-256", args: ["install", "a", "one.yaml", "--sha256", "abc"], says: /--sha256 abc: must be 64 hexadecimal digits/ },
  { what: "an invalid file, by line", args: ["install", "a", "bad.yaml"], says: /bad\.yaml:1: sonobuoy-config\.plugin-name: must be lower-case/ },
  { what: "a file that is not there", args: ["install", "a", "none.yaml"], says: /none\.yaml: can't be read: there is no such file/ },
  { what: "a folder", args: ["install", "a", "."], says: /can't be read: it is a folder/ },
  { what: "a name that leads elsewhere", args: ["install", "../x", "one.yaml"], says: /The name "\.\.\/x" must be lower-case/ },
  { what: "a name that begins with a dot", args: ["install", ".x", "one.yaml"], says: /The name "\.x" must be/ },
  { what: "a name like a file's", args: ["install", "x.yaml", "one.yaml"], says: /looks like a file's/ },
  { what: "a built-in's name", args: ["install", "smoke", "one.yaml"], says: /smoke comes with asdic/ },
  {
    what: "all that is wrong with the call, at once",
    args: ["install", "X.json", "one.yaml", "--sha256", "abc"],
    says: /must be lower-case[^]*looks like a file's[^]*64 hexadecimal/,
  },
  {
    what: "to remove what is not installed",
    args: ["uninstall", "a", "../x", "smoke"],
    says: /No plugin "a" is installed\.\nNo plugin "\.\.\/x" is installed\.\nsmoke comes with asdic/,
  },
];
for (const { what, args, says } of refused) test(`refused: ${what}`, async () => assert.match(await refusal(args), says));

test("what is installed stays unless --force is given", async () => {
  await plugins(["install", "mine", "one.yaml"]);
  await writeFile(join(cwd, "one.yaml"), file("one", "x:2"));
  assert.match(await refusal(["install", "mine", "one.yaml"]), /mine is already installed, from .*one\.yaml\.[^]*--force/);
  await plugins(["install", "mine", "one.yaml", "--force"]);
  assert.match((await plugins(["show", "mine"])).out, /image: x:2/);
});

test("a file that was changed after it was installed is not run, and the list says so", async () => {
  await plugins(["install", "mine", "one.yaml"]);
  await writeFile(join(folder, "mine.yaml"), file("evil"));
  await assert.rejects(names(["mine"]), /mine\.yaml: is no longer the file that was installed; `asdic plugins install mine FILE --force`/);
  assert.match((await plugins(["list"])).out, /mine +installed +can't be run: is no longer the file that was installed/);
});

test("uninstalling removes it without a trace, and several all or none", async () => {
  await plugins(["install", "mine", "one.yaml"]);
  await refusal(["uninstall", "mine", "other"]);
  assert.equal((await plugins(["uninstall", "mine"])).out, "Uninstalled mine.\n");
  assert.deepEqual(await readdir(folder), []);
  await assert.rejects(names(["mine"]), /mine: is neither a built-in plugin/);
});

test("Sonobuoy's plugins are listed and run, and never touched", async () => {
  const path = join(cwd, "home/.sonobuoy/theirs.yaml");
  await writeFile(path, file("theirs"));
  assert.deepEqual(await names(["theirs"]), ["theirs"]);
  assert.match(await refusal(["uninstall", "theirs"]), /theirs is Sonobuoy's, and only Sonobuoy removes it/);
  await plugins(["install", "theirs", "one.yaml"]);
  assert.deepEqual(await names(["theirs"]), ["one"]);
  assert.equal(await readFile(path, "utf8"), file("theirs"));
});

const folders: readonly { readonly what: string; readonly environment: NodeJS.ProcessEnv; readonly at: string }[] = [
  { what: "ASDIC_DIR", environment: { ...environment, ASDIC_DIR: "own", XDG_DATA_HOME: join(cwd, "xdg") }, at: "own/plugins" },
  { what: "XDG_DATA_HOME", environment: { ...environment, XDG_DATA_HOME: join(cwd, "xdg") }, at: "xdg/asdic/plugins" },
  { what: "the home folder where XDG_DATA_HOME is relative", environment: { ...environment, XDG_DATA_HOME: "xdg" }, at: "home/.local/share/asdic/plugins" },
];
for (const { what, environment: own, at } of folders)
  test(`plugins are kept where ${what} says`, async () => {
    await plugins(["install", "mine", "one.yaml"], { environment: own });
    assert.deepEqual((await readdir(join(cwd, at))).toSorted(), ["mine.origin.json", "mine.yaml"]);
  });

test("without a home folder nothing can be installed, and built-ins are there all the same", async () => {
  assert.match(await refusal(["install", "mine", "one.yaml"], { environment: {} }), /There is no home folder[^]*Set ASDIC_DIR/);
  assert.match((await plugins(["list"], { environment: {} })).out, /^smoke /m);
});

test("a folder that can't be made is one error", async () => {
  assert.match(await refusal(["install", "mine", "one.yaml"], { environment: { ASDIC_DIR: "one.yaml" } }), /one\.yaml\/plugins can't be written: ENOTDIR/);
});

test("the list shows all of them, as a table and as JSON", async () => {
  await plugins(["install", "mine", "one.yaml"]);
  await writeFile(join(cwd, "home/.sonobuoy/theirs.yaml"), file("theirs"));
  await writeFile(join(cwd, "home/.sonobuoy/hostile.yaml"), file("hostile").replace("Says hostile.", '"\\e[2Jgone"'));
  await writeFile(join(cwd, "home/.sonobuoy/broken.yaml"), "a: [\n");
  const known = (text: string): string => text.replaceAll(cwd, "/CWD");
  assertGolden("cli/plugins/list.txt", known((await plugins(["list"])).out));
  assertGolden("cli/plugins/list.json", known((await plugins(["list", "--json"])).out));
});

test("show prints what a file means, as YAML and as JSON", async () => {
  assertGolden("cli/plugins/show.txt", (await plugins(["show", "one.yaml"])).out);
  assertGolden("cli/plugins/show.json", (await plugins(["show", "one.yaml", "--json"])).out);
});
