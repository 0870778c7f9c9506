import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";

/** What a program found in an archive: how many files, and the SHA-256 of all their contents one behind the other. Only those below podlogs/ count, but all is read. */
export type Found = { readonly files: number; readonly sha256: string };
export type Program = { readonly name: string; readonly missing: string | false; readonly read: (path: string) => Promise<Found> };

/** Everything that people open tarballs with and that this machine has; `missing` says why one can't be asked. */
export const programs: readonly Program[] = [
  { name: "GNU tar", missing: isMissing("tar"), read: (path) => readWithTar(["tar"], path) },
  { name: "busybox tar", missing: isMissing("busybox"), read: (path) => readWithTar(["busybox", "tar"], path) },
  { name: "Python's tarfile, r:gz", missing: isMissing("python3"), read: (path) => readJson("python3", ["-c", python, path, "r:gz"]) },
  { name: "Python's tarfile, r|gz", missing: isMissing("python3"), read: (path) => readJson("python3", ["-c", python, path, "r|gz"]) },
  { name: "Go's archive/tar", missing: goPath() === undefined && "Go is not installed", read: readWithGo },
  { name: "Node.js and tar-stream", missing: false, read: readWithNode },
];

/** Why a program can't be asked. */
export function isMissing(program: string): string | false {
  return spawnSync(program, ["--help"], { stdio: "ignore" }).error ? `${program} is not installed` : false;
}

async function readWithTar([program = "", ...first]: readonly string[], path: string): Promise<Found> {
  const listing = await run(program, [...first, "tzvf", path], (stdout) => text(stdout));
  const sizes = listing.split("\n").flatMap((line) => / (\d+) [-\d]+ [:\d]+ podlogs\//.exec(line)?.[1] ?? []);
  // busybox can leave nothing out; what is wanted comes first.
  const bytes = sizes.reduce((sum, size) => sum + Number(size), 0);
  return { files: sizes.length, sha256: await run(program, [...first, "xzOf", path], (stdout) => digest(stdout, bytes)) };
}

const python = `
import hashlib, json, sys, tarfile
digest, files = hashlib.sha256(), 0
with tarfile.open(sys.argv[1], sys.argv[2]) as archive:
    for entry in archive:
        if entry.name.startswith("podlogs/"):
            files += 1
            digest.update(archive.extractfile(entry).read())
print(json.dumps({"files": files, "sha256": digest.hexdigest()}))
`;

const go = `package main
import ("archive/tar"; "compress/gzip"; "crypto/sha256"; "fmt"; "io"; "os"; "strings")
func must(err error) { if err != nil { panic(err) } }
func main() {
	file, err := os.Open(os.Args[1]); must(err)
	unpacked, err := gzip.NewReader(file); must(err)
	archive, digest, files := tar.NewReader(unpacked), sha256.New(), 0
	for header, err := archive.Next(); err != io.EOF; header, err = archive.Next() {
		must(err)
		if strings.HasPrefix(header.Name, "podlogs/") { files++; _, err = io.Copy(digest, archive); must(err) }
	}
	_, err = io.Copy(io.Discard, unpacked); must(err)
	fmt.Printf("{\\"files\\": %d, \\"sha256\\": \\"%x\\"}", files, digest.Sum(nil))
}
`;

function goPath(): string | undefined {
  return ["go", "/usr/local/go/bin/go"].find((path) => spawnSync(path, ["version"], { stdio: "ignore" }).status === 0);
}

let built: Promise<string> | undefined;

async function readWithGo(path: string): Promise<Found> {
  built ??= buildGo();
  return readJson(await built, [path]);
}

async function buildGo(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-go-"));
  process.on("exit", () => void spawnSync("rm", ["-r", folder]));
  await writeFile(join(folder, "read.go"), go);
  await run(goPath() ?? "go", ["build", "-o", join(folder, "read"), join(folder, "read.go")], (stdout) => text(stdout));
  return join(folder, "read");
}

async function readWithNode(path: string): Promise<Found> {
  const hash = createHash("sha256");
  let files = 0;
  const parser = extract();
  parser.on("entry", ({ name }, source, next) => {
    const isCounted = name.startsWith("podlogs/");
    if (isCounted) files += 1;
    source.on("data", (chunk) => isCounted && hash.update(chunk as Buffer));
    source.on("end", () => next());
  });
  await pipeline(createReadStream(path), createGunzip(), parser as unknown as NodeJS.WritableStream);
  return { files, sha256: hash.digest("hex") };
}

const readJson = async (program: string, args: readonly string[]): Promise<Found> => JSON.parse(await run(program, args, (stdout) => text(stdout))) as Found;

async function run(program: string, args: readonly string[], read: (stdout: Readable) => Promise<string>): Promise<string> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const code = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const [output, problems, status] = await Promise.all([read(child.stdout), text(child.stderr), code]);
  if (status !== 0 || problems !== "") throw new Error(`${program} ${args.join(" ").slice(0, 200)}: ${status} ${problems}`);
  return output;
}

async function digest(stream: Readable, bytes: number): Promise<string> {
  const hash = createHash("sha256");
  let left = bytes;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk.subarray(0, left));
    left -= Math.min(left, chunk.length);
  }
  return hash.digest("hex");
}
