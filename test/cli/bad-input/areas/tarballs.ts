import { gzipSync } from "node:zlib";
import { makeTarGz } from "../../../core/archive/tar.ts";
import type { Area } from "../bad-case.ts";

const first = { name: "plugins/a/results/global/a.txt", content: "a" };
const good = await makeTarGz([
  { name: "plugins/a/results/global/a.txt", content: "a" },
  { name: "plugins/a/sonobuoy_results.yaml", content: "name: a\nstatus: passed\nitems: [{name: node-1, status: passed, meta: {type: node}}]\n" },
]);

/** Tarballs and folders of results, and what is written beside them. */
export const tarballs: Area = {
  name: "tarballs",
  files: {
    "good.tar.gz": good,
    "tar/empty.tar.gz": Buffer.alloc(0),
    "tar/text.tar.gz": "sonobuoy-config: {}\n".repeat(100),
    "tar/page.tar.gz": gzipSync("<html>Please log in</html>".repeat(100)),
    "tar/no-run.tar.gz": await makeTarGz([{ name: "some/file.txt", content: "x" }]),
    "tar/cut-off.tar.gz": good.subarray(0, good.length - 40),
    "tar/upwards.tar.gz": await makeTarGz([first, { name: "plugins/../../../evil.txt", content: "x" }]),
    "tar/absolute.tar.gz": await makeTarGz([first, { name: "/etc/cron.d/evil", content: "x" }]),
    "tar/link.tar.gz": await makeTarGz([first, { name: "plugins/a/link", type: "symlink", linkname: "/etc/passwd" }]),
    "tar/steering.tar.gz": await makeTarGz([first, { name: "plugins/\u001B[2J\nFORGED\u202Eevil/../x", content: "x" }]),
    "tar/bomb.tar.gz": await makeTarGz([first, { name: "plugins/a/zeros", content: Buffer.alloc(80 * 2 ** 20) }]),
    "folder/readme.txt": "no run\n",
    "a-file": "here\n",
  },
  cases: [
    { call: "results no-such.tar.gz" },
    { call: "results folder" },
    ...["empty", "text", "page", "no-run", "cut-off", "upwards", "absolute", "link", "steering", "bomb"].map((name) => ({
      call: `results tar/${name}.tar.gz`,
    })),
    { call: "report no-such.tar.gz" },
    { call: "report tar/text.tar.gz -f html -o report.html" },
    { call: "report folder" },
    { call: "report good.tar.gz -f pdf", place: "--format pdf" },
    { call: "report good.tar.gz -f html,pdf", place: "--format html,pdf" },
    { call: "report good.tar.gz -f html,csv -o -", place: "-o -" },
    { call: "report good.tar.gz -f html,csv -o tar/text.tar.gz" },
    { call: "report good.tar.gz --junit-flavor travis" },
    { call: "report good.tar.gz -o no-such-folder/report.html" },
    { call: "report good.tar.gz -o folder" },
    { call: "report good.tar.gz --fail-on anything" },
    { call: "results good.tar.gz --mode everything" },
    { call: "results good.tar.gz -p nobody", place: "nobody" },
    { call: "results good.tar.gz -n node-2", place: "node-2" },
    { call: "results good.tar.gz --fail-on anything" },
    { call: "results good.tar.gz --remote", place: "--remote" },
    { call: "results good.tar.gz --namespace asdic", place: "--namespace" },
    { call: "run -p e2e --permissions admin --rerun-failed folder" },
    { call: "run -p e2e --permissions admin --rerun-failed good.tar.gz" },
  ],
};
