import assert from "node:assert/strict";
import { test } from "node:test";
import { createPrinter } from "../../gen/print.ts";
import { manifest } from "./manifest.ts";

const asdic = await createPrinter({ "run.yaml": manifest, "bad.yaml": "a: [\n" });

const refused: readonly (readonly [words: string, code: number, says: RegExp])[] = [
  ["-f run.yaml -p smoke --timeout 5m --permissions admin", 2, /^error: --plugin, --timeout, --permissions: beside -f, .*\nGive them to `asdic gen`/],
  ["-f run.yaml --sonobuoy-image x", 2, /^error: --image: beside -f/],
  ["-f run.yaml -n other", 2, /^error: -n other: the manifest run\.yaml makes its run in namespace asdic\.\nLeave -n out/],
  ["-f run.yaml -o run.tar.gz", 2, /^error: -o run\.tar\.gz: names the tarball's file/],
  ["-f run.yaml --skip-preflight=everything", 2, /^error: --skip-preflight/],
  ["-f none.yaml", 2, /^error: none\.yaml: there is no such file\.\n-f takes what `asdic gen` prints/],
  ["-f .", 2, /^error: \.: is a folder, and a file is needed\./],
  ["-f -", 2, /\(standard input\): is empty\n/],
  ["-f bad.yaml", 2, /^error: the manifest can't be right\.\nbad\.yaml:\d: is no YAML: /],
  // Everything is right but the cluster: nobody was asked before.
  ["-f run.yaml -n asdic", 2, /^error: .*FOLDER\/none/],
];
for (const [words, code, says] of refused)
  test(`\`asdic run ${words}\` is refused before a cluster is asked`, async () => {
    const ended = await asdic(["run", ...words.split(" ")]);
    assert.equal(ended.code, code, ended.stderr);
    assert.match(ended.stderr, says);
  });
