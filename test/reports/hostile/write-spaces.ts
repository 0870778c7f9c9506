import { join } from "node:path";
import { Readable } from "node:stream";
import { createArchive } from "../../../core/archive/write-archive.ts";

const gigabyte = 1024 ** 3;
const piece = Buffer.alloc(1024 ** 2, " ");

/** Writes a tarball of a tool that made no result trees, in which a JUnit file has 1 GB of spaces between its tests, which compress to a megabyte; its path. */
export async function writeSpaces(folder: string): Promise<string> {
  const path = join(folder, "spaces.tar.gz");
  const archive = await createArchive(path, { modifiedAt: new Date(0) });
  const [head, tail] = ['<testsuite name="s"><testcase name="a"/>', '<testcase name="b"><failure message="f"/></testcase></testsuite>'].map((text) =>
    Buffer.from(text),
  );
  const body = function* (): Generator<Buffer> {
    yield head ?? piece;
    for (let left = gigabyte; left > 0; left -= piece.length) yield piece;
    yield tail ?? piece;
  };
  await archive.addStream("plugins/e2e/results/global/junit_01.xml", gigabyte + (head?.length ?? 0) + (tail?.length ?? 0), Readable.from(body()));
  await archive.finish();
  return path;
}
