import { rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { hashFile } from "../../cli/retrieve/hash-file.ts";
import { startGeneratedTarball } from "../cli/retrieve/generated-tarball.ts";
import { measureCli } from "../cli/retrieve/measure-cli.ts";

/**
 * Prints how long `asdic retrieve` takes for a gigabyte of a tarball of 10 GB, or of as many as are named, over a connection that is cut five times, and
 * its peak of resident memory (VmHWM, Linux only); ends with 1 if that is over the limit or a byte is another. It needs that much room in the temporary
 * folder, and makes do with half of the room where there is less.
 */
const limitMegabytes = 330;
const cuts = 5;
const wanted = Number(process.argv[2] ?? 10) * 1e9;

const { bavail, bsize } = await statfs(process.env["TMPDIR"] ?? "/tmp");
const size = Math.floor(Math.min(wanted, (bavail * bsize) / 2));
const { server, tarball, begins } = await startGeneratedTarball(size, cuts);
const path = join(server.folder, tarball.name);
const { code, stderr, peakBytes, seconds, cpuSeconds } = await measureCli(["retrieve"], { folder: server.folder });
const isWhole = code === 0 && (await hashFile(path))?.hash.digest("hex") === tarball.sha256;
await rm(server.folder, { recursive: true, force: true });
if (!isWhole) console.log(stderr);
console.log(
  `retrieve, ${(size / 1e9).toFixed(1)} GB with ${begins().length - 1} cuts: ${isWhole ? "whole" : `NOT WHOLE (exit code ${code})`}, ` +
    `${(seconds / (size / 1e9)).toFixed(2)} s a GB, ${(cpuSeconds / (size / 1e9)).toFixed(2)} of them the processor's, ${seconds.toFixed(1)} s in all, peak ${(peakBytes / 1e6).toFixed(0)} MB resident`,
);
// What the tests' server holds open would keep the process alive.
process.exit(isWhole && peakBytes < limitMegabytes * 1e6 ? 0 : 1);
