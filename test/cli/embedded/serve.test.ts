import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, it } from "node:test";
import { untilNothingIsLeft } from "../../embedded/find-leftovers.ts";
import { makePlace, root, runCli, startCli } from "./start-cli.ts";

const fixture = (name: string): string => join(root, "test/fixtures/embedded", name);
const hint = "A world file holds Kubernetes objects, at least one of them a Node; `asdic embedded world` prints the one that is used without it.\n";
const name = String.raw`Invalid value: "UP": a lowercase RFC 1123 subdomain must consist of lower case`;

const refusals: readonly {
  readonly of: string;
  readonly args: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly says: RegExp | string;
}[] = [
  {
    of: "a world without a node",
    args: ["--world", "w.yaml"],
    files: { "w.yaml": "" },
    says: `error: w.yaml:1: there is no Node; at least one is needed\n${hint}`,
  },
  {
    of: "a world with an alias that leads nowhere",
    args: ["--world", "w.yaml"],
    files: { "w.yaml": "apiVersion: v1\nkind: Node\nmetadata: *nothing\n" },
    says: /^error: w\.yaml:1: Unresolved alias[^\n]*\n/,
  },
  {
    of: "a world with many mistakes, all of them",
    args: ["--world", "w.yaml"],
    files: { "w.yaml": readFileSync(fixture("world-mistakes.yaml"), "utf8") },
    says: `error: w.yaml:5: Pod default/nowhere: unknown field "spec.containers[0].imagge"
w.yaml:5: Pod default/nowhere: there is no node two
w.yaml:10: there is no kind Nodee in v1 here
w.yaml:18: ConfigMap default/twin is there twice
w.yaml:22: ConfigMap shop/owned: there is no namespace shop
w.yaml:22: ConfigMap shop/owned: its owner ConfigMap gone does not come before it
w.yaml:26: this is no Kubernetes object: apiVersion, kind and metadata.name are needed
w.yaml:29: Flow sequence in block collection must be sufficiently indented and end with a ]
${hint}`,
  },
  {
    of: "a world with objects that no API server takes",
    args: ["--world", "w.yaml"],
    files: { "w.yaml": readFileSync(fixture("world-refused.yaml"), "utf8") },
    says: new RegExp(
      `^error: w\\.yaml:5: Pod "Bad_Name" is invalid: .*spec\\.containers: Required value\\]\nw\\.yaml:10: ConfigMap "UP" is invalid: metadata\\.name: ${name}`,
    ),
  },
  {
    of: "a file in the kubeconfig's place that is none of its own",
    args: ["-o", "kubeconfig"],
    files: { kubeconfig: "apiVersion: v1\nkind: Config\nclusters: [{ name: production, cluster: { server: https://example.test } }]\n" },
    says: /kubeconfig: is there already and is no kubeconfig of an embedded cluster, so it was not replaced\.\n/,
  },
  {
    of: "a folder that is not there for the kubeconfig",
    args: ["-o", "no/kubeconfig"],
    says: /no\/kubeconfig: can't be written \(its folder doesn't exist\)\.\n/,
  },
];

describe("asdic embedded serve", { concurrency: 2 }, () => {
  for (const { of, args, files = {}, says } of refusals)
    it(`refuses ${of}`, async (context) => {
      const place = makePlace(context);
      for (const [file, text] of Object.entries(files)) writeFileSync(join(place.cwd, file), text);
      const { code, stdout, stderr } = await runCli(context, ["embedded", "serve", ...args], place);
      assert.deepEqual([code, stdout], [2, ""], stderr);
      if (typeof says === "string") assert.equal(stderr, says);
      else assert.match(stderr, says);
      await untilNothingIsLeft(place.temporary, 0);
      for (const [file, text] of Object.entries(files)) assert.equal(readFileSync(join(place.cwd, file), "utf8"), text);
      assert.deepEqual(readdirSync(place.cwd).toSorted(), Object.keys(files).toSorted());
    });

  it("refuses a port that somebody else has", async (context) => {
    const place = makePlace(context);
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    context.after(() => other.close());
    const address = other.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const { code, stderr } = await runCli(context, ["embedded", "serve", "--port", String(port)], place);
    assert.deepEqual(
      [code, stderr],
      [2, `error: --port ${port}: another program listens there.\nChoose another port, or leave --port out: then one that is free is taken.\n`],
    );
    await untilNothingIsLeft(place.temporary, 0);
  });

  it("prints a kubeconfig and nothing else to a pipe, and Ctrl-C ends it", async (context) => {
    const place = makePlace(context);
    const cli = startCli(context, ["embedded", "serve"], place);
    await cli.untilSaid(/Ctrl-C ends it\.\n/);
    assert.match(cli.said.stdout, /^apiVersion: v1\nkind: Config\n[^]*current-context: \S+\n$/);
    const [, file = ""] = /export KUBECONFIG=(\S+)\n/.exec(cli.said.stderr) ?? [];
    assert.equal(readFileSync(file, "utf8"), cli.said.stdout);
    cli.child.kill("SIGINT");
    assert.equal(await cli.ended, 0);
    assert.match(cli.said.stderr, /\nThe embedded cluster is gone\.\n$/);
    await untilNothingIsLeft(place.temporary, 0);
  });

  it("writes the kubeconfig for its owner only, in place of one for a cluster that is gone", async (context) => {
    const place = makePlace(context);
    const file = join(place.cwd, "kubeconfig");
    for (const round of [1, 2]) {
      const cli = startCli(context, ["embedded", "serve", "-o", "kubeconfig"], place);
      await cli.untilSaid(/Ctrl-C ends it\.\n/);
      assert.equal(cli.said.stdout, "", `round ${round}`);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.ok(cli.said.stderr.includes(/server: (\S+)/.exec(readFileSync(file, "utf8"))?.[1] ?? "no server"));
      cli.child.kill("SIGTERM");
      await cli.ended;
    }
  });

  it("takes the world that `asdic embedded world` prints", async (context) => {
    const place = makePlace(context);
    const { code, stdout } = await runCli(context, ["embedded", "world"], place);
    assert.equal(code, 0);
    writeFileSync(join(place.cwd, "w.yaml"), stdout);
    const cli = startCli(context, ["embedded", "serve", "--world", "w.yaml"], place);
    await cli.untilSaid(/Ctrl-C ends it\.\n/);
  });
});
