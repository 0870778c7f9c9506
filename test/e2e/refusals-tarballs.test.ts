import assert from "node:assert/strict";
import { readdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { makeTarGz } from "../core/archive/tar.ts";
import { asdic } from "./asdic.ts";

/** Stands before what is wrong, so that it is not the first thing that a reader sees. */
const first = { name: "plugins/a/results/global/a.txt", content: "a" };

/** Each file, and what is said about it after its name. */
const files: readonly { readonly name: string; readonly content: () => Promise<Buffer> | Buffer | undefined; readonly says: RegExp }[] = [
  { name: "missing.tar.gz", content: () => undefined, says: /there is no such file/i },
  { name: "empty.tar.gz", content: () => Buffer.alloc(0), says: /is empty/ },
  { name: "text.tar.gz", content: () => Buffer.from("sonobuoy-config: {}\n".repeat(100)), says: /is no tarball/ },
  { name: "page.tar.gz", content: () => gzipSync("<html>Please log in</html>".repeat(100)), says: /is no tarball/ },
  { name: "no-run.tar.gz", content: () => makeTarGz([{ name: "some/file.txt", content: "x" }]), says: /holds no run/ },
  { name: "truncated.tar.gz", content: cutOff, says: /is cut off/ },
  { name: "upwards.tar.gz", content: () => makeTarGz([first, { name: "plugins/../../../evil.txt", content: "x" }]), says: /\.\./ },
  { name: "absolute.tar.gz", content: () => makeTarGz([first, { name: "/etc/cron.d/evil", content: "x" }]), says: /\/etc\/cron\.d\/evil/ },
  {
    name: "symbolic-link.tar.gz",
    content: () => makeTarGz([first, { name: "plugins/a/link", type: "symlink", linkname: "/etc/passwd" }]),
    says: /is a symbolic link/,
  },
  { name: "hard-link.tar.gz", content: () => makeTarGz([first, { name: "plugins/a/link", type: "link", linkname: "/etc/passwd" }]), says: /is a hard link/ },
  { name: "steering.tar.gz", content: () => makeTarGz([first, { name: "plugins/\u001B[2Jevil", content: "x" }]), says: /evil/ },
  { name: "bomb.tar.gz", content: () => makeTarGz([first, { name: "plugins/a/zeros", content: Buffer.alloc(80 * 2 ** 20) }]), says: /unpacks to more than/ },
];

/** Random bytes, so that half of the file is half of the tar. */
async function cutOff(): Promise<Buffer> {
  const whole = await makeTarGz([first, { name: "plugins/a/results/global/random.bin", content: Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))) }]);
  return whole.subarray(0, whole.length / 2);
}

describe("files that are no run's tarball", () => {
  const folder = mkdtempSync(join(tmpdir(), "asdic-refusals-tarballs-"));
  before(async () => {
    for (const { name, content } of files) {
      const bytes = await content();
      if (bytes !== undefined) writeFileSync(join(folder, name), bytes);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const commands = [
    (name: string) => ["results", name],
    (name: string) => ["results", name, "--mode", "detailed"],
    (name: string) => ["report", name, "--format", "html", "-o", "report.html"],
  ];
  for (const { name, says } of files)
    it(`${name} is refused by results and report in one message that names it, and no report is written`, async () => {
      for (const command of commands) {
        const { code, stdout, stderr } = await asdic(command(name), folder);
        assert.deepEqual([code, stdout], [2, ""], stderr);
        assert.match(stderr.replaceAll(`${folder}/`, ""), new RegExp(`^error: .*${name.replaceAll(".", "\\.")}`));
        assert.match(stderr, says);
        assert.equal(stderr.match(/^error: /gm)?.length, 1, stderr);
        assert.doesNotMatch(stderr, /\n\s+at /);
        assert.ok(!stderr.includes("\u001B"));
      }
      assert.equal(readdirSync(folder).includes("report.html"), false);
    });

  it("a folder is refused too", async () => {
    const { code, stderr } = await asdic(["results", "."], folder);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /folder/);
  });
});
