import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { join } from "node:path";
import { untilNothingIsLeft } from "../../embedded/find-leftovers.ts";
import { makePlace, root, runCli } from "./start-cli.ts";

const plugin = (name: string): string => join(root, "test/e2e/plugins/jobs", `${name}.yaml`);

type Case = {
  readonly of: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly files: readonly string[];
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
};

const cases: readonly Case[] = [
  {
    of: "own plugins, their variables, another namespace and file, and repeats all that for the reader's cluster",
    args: ["-p", plugin("exit-zero"), "--plugin-env", "exit-zero.A=it's $HOME", "-n", "mine", "-o", "mine.tar.gz"],
    code: 0,
    files: ["junit.xml", "mine.tar.gz", "report.html"],
    stdout:
      /Run \w{8} in namespace mine: exit-zero\n[^]*\nTarball: mine\.tar\.gz\nReport: {2}report\.html\nJUnit: {3}junit\.xml\nThe embedded cluster is gone\. The same on a cluster of your own:\n {2}asdic run -p \S+exit-zero\.yaml --plugin-env 'exit-zero\.A=it'\\''s \$HOME' -n mine --wait -o mine\.tar\.gz\n$/,
  },
  { of: "a plugin that fails, with 1", args: ["-p", plugin("junit"), "-o", "run.tar.gz"], code: 1, files: ["junit.xml", "report.html", "run.tar.gz"] },
  {
    of: "a run whose time is up, with 4",
    args: ["-p", join(root, "test/e2e/plugins/faults/too-slow.yaml"), "--timeout", "3s", "-o", "run.tar.gz"],
    code: 4,
    files: ["junit.xml", "report.html", "run.tar.gz"],
    stdout: /--timeout 3s --wait/,
  },
  {
    of: "a dry run, of which only YAML is printed",
    args: ["-p", "smoke", "--dry-run"],
    code: 0,
    files: [],
    stdout: /^---\napiVersion: v1\nkind: Namespace\n[^]*kind: Deployment\n(?![^]*embedded)/,
  },
  {
    of: "an image that no embedded cluster has, with a message that says so",
    args: ["--image", "nginx:1.27"],
    code: 4,
    files: [],
    stderr:
      /error: The aggregator has not got going for 5s\. The node can't get the aggregator's image nginx:1\.27: .*\nAn embedded cluster pulls no image\. It has asdic's own, \S+, which it takes without --image\.\n$/,
  },
  {
    of: "a kubeconfig, which it refuses",
    args: ["--kubeconfig", "x"],
    code: 2,
    files: [],
    stderr: /^error: --kubeconfig names a cluster, and --embedded brings one of its own\./,
  },
  {
    of: "a folder for the tarball that is not there",
    args: ["-o", "no/run.tar.gz"],
    code: 2,
    files: [],
    stderr: /^error: \S+\/no: there is no such folder, and tarball and reports are to lie in it\.\n/,
  },
  {
    of: "a plugin that nobody knows, which it refuses",
    args: ["-p", "no-such-plugin"],
    code: 2,
    files: [],
    stderr: /no-such-plugin: is neither a built-in plugin/,
  },
];

describe("asdic run --embedded with", { concurrency: 2 }, () => {
  for (const { of, args, code, files, stdout = /(?:)/, stderr = /(?:)/ } of cases)
    it(of, async (context) => {
      const place = makePlace(context);
      const ended = await runCli(context, ["run", "--embedded", ...args], { ...place, environment: { ASDIC_IMAGE: "registry.invalid/other" } });
      assert.equal(ended.code, code, ended.stdout + ended.stderr);
      assert.match(ended.stdout, stdout);
      assert.match(ended.stderr, stderr);
      assert.deepEqual(readdirSync(place.cwd).toSorted(), files);
      if (files.includes("junit.xml")) assert.match(readFileSync(join(place.cwd, "junit.xml"), "utf8"), /^<\?xml/);
      await untilNothingIsLeft(place.temporary, 0);
    });
});
