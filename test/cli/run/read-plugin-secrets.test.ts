import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { parseSecrets } from "../../../cli/run/options/secrets.ts";
import { parseTogether } from "../../../cli/run/problems.ts";
import { readPluginSecrets } from "../../../cli/run/read-plugin-secrets.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { definition } from "../definitions.ts";

const folder = await mkdtemp(join(tmpdir(), "asdic-secrets-"));
after(() => rm(folder, { recursive: true }));
await writeFile(join(folder, "key"), "line 1\nline 2\n");
await writeFile(join(folder, "binary"), Buffer.from([0xff, 0, 1]));
await writeFile(join(folder, "empty"), "");
await writeFile(join(folder, "large"), Buffer.alloc(1024 ** 2));
await writeFile(join(folder, "half"), Buffer.alloc(600 * 1024, "x"));

const checks = definition({
  name: "my.checks",
  dialect: "asdic/v1",
  secrets: [
    { name: "licence", env: "LICENCE" },
    { name: "licence", file: "/etc/x/licence" },
    { name: "ca", file: "/etc/x/ca.pem" },
  ],
});
const plugins = [checks, definition({ name: "bare", dialect: "asdic/v1" }), definition({ name: "plain" })];

async function read(texts: readonly string[], { definitions = plugins, mayLackSecrets = false } = {}): Promise<Record<string, Record<string, string>>> {
  const secrets = parseTogether((attempt) => parseSecrets({ secret: texts }, attempt));
  const openInput = async function* () {
    yield Buffer.from("from ");
    yield "stdin";
  };
  const found = await readPluginSecrets({ secrets, definitions, mayLackSecrets }, { cwd: folder, environment: { KEY: "from a variable" }, openInput });
  return Object.fromEntries(
    found.map(({ plugin, values }) => [plugin, Object.fromEntries([...values].map(([name, value]) => [name, value.toString("latin1")]))]),
  );
}

describe("--secret", () => {
  it("takes a file as it is, a variable, and the standard input, and gives each value once", async () => {
    assert.deepEqual(await read(["my.checks.licence=env:KEY", "my.checks.ca=key"]), { "my.checks": { licence: "from a variable", ca: "line 1\nline 2\n" } });
    assert.deepEqual(await read(["my.checks.licence=-", "my.checks.ca=binary"]), { "my.checks": { licence: "from stdin", ca: "\u00ff\u0000\u0001" } });
  });

  it("need not be given where no Secret is made of it", async () => {
    assert.deepEqual(await read(["my.checks.ca=key"], { mayLackSecrets: true }), { "my.checks": { licence: "", ca: "line 1\nline 2\n" } });
  });

  const both = ["my.checks.licence=env:KEY", "my.checks.ca=key"];
  const refused: readonly [string, readonly string[], RegExp][] = [
    ["all that are missing together", [], /my\.checks\.licence: is missing: add --secret my\.checks\.licence=FILE\.\n.*my\.checks\.ca: is missing/],
    [
      "a name that the file has not got, with those that it has",
      [...both, "my.checks.other=key"],
      /other=…: plugin my\.checks names no such secret; its secrets are licence, ca\./,
    ],
    ["a plugin that is not there", [...both, "nope.x=key"], /nope\.x=…: there is no plugin nope in this run; its plugins are my\.checks, bare, plain\./],
    ["a plugin without secrets", [...both, "bare.x=key"], /the file of plugin bare has no `secrets`\./],
    ["a plugin of Sonobuoy's format", [...both, "plain.x=key"], /plain is of Sonobuoy's format; only files with `apiVersion: asdic\/v1` can have `secrets`\./],
    [
      "a file that is not there",
      ["my.checks.licence=env:KEY", "my.checks.ca=hunter2"],
      /ca=…: there is no such file; a value itself is never given on the command line\./,
    ],
    ["a folder", ["my.checks.licence=env:KEY", "my.checks.ca=."], /ca=…: is a folder, and a file is needed; a value/],
    ["a variable that is not set", ["my.checks.licence=env:hunter2", "my.checks.ca=key"], /licence=…: the variable that it names is not set\./],
    ["an empty file", ["my.checks.licence=env:KEY", "my.checks.ca=empty"], /ca=…: is empty\./],
    ["bytes that no variable holds", ["my.checks.licence=binary", "my.checks.ca=key"], /licence=…: is no text, and the plugin wants it in a variable/],
    ["a file that no Secret holds", ["my.checks.licence=env:KEY", "my.checks.ca=large"], /ca=…: has more than the \d+ bytes that a Secret holds\./],
    [
      "files that one Secret doesn't hold together",
      ["my.checks.licence=half", "my.checks.ca=half"],
      /my\.checks\.…: the plugin's secrets have 1228800 bytes together/,
    ],
    ["the same secret twice", [...both, "my.checks.ca=binary"], /my\.checks\.ca=…: is given twice\./],
    ["the standard input twice", ["my.checks.licence=-", "my.checks.ca=-"], /the standard input can be read for one secret only/],
    ["no name", ["checks=hunter2"], /--secret checks…: is not of the form PLUGIN\.NAME=SOURCE\./],
    ["nothing but what may be the value", ["hunter2"], /--secret …: is not of the form/],
    ["no source", ["my.checks.ca="], /my\.checks\.ca…: is not of the form/],
  ];
  for (const [what, texts, sentence] of refused)
    it(`refuses ${what}, and never prints what stands behind the equals sign`, async () => {
      await assert.rejects(read(texts), (error) => {
        assert.ok(isKnownError(error) && error.exitCode === 2);
        assert.match(error.message, sentence);
        assert.doesNotMatch(`${error.message} ${error.hint}`, /hunter2/);
        return true;
      });
    });

  it("can't be circumvented by --plugin-env", async () => {
    const container = {
      image: "x",
      env: [
        { name: "LICENCE", value: "typed" },
        { name: "RESULTS_DIR", value: "/etc/x" },
      ],
    };
    await assert.rejects(
      read(both, { definitions: [{ ...checks, container }] }),
      /my\.checks\.LICENCE=…: is a secret of the plugin; set it with --secret my\.checks\.licence=FILE\.\n.*RESULTS_DIR=…: the plugin's secret \/etc\/x\/licence is in the folder of the results/,
    );
  });
});
