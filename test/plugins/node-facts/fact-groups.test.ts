import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import os, { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { FactSources } from "../../../plugins/node-facts/fact-group.ts";
import { NotReadable } from "../../../plugins/node-facts/fact-group.ts";
import { factGroups } from "../../../plugins/node-facts/fact-groups.ts";
import { readFactGroups } from "../../../plugins/node-facts/program.ts";

const fixtures = join(import.meta.dirname, "../../fixtures/plugins/node-facts");

const sources = (change: Partial<FactSources> = {}): FactSources => ({
  proc: join(fixtures, "proc"),
  cgroup: "/sys/fs/cgroup",
  folders: [{ path: tmpdir(), role: "volumes" }],
  readClock: () => Promise.reject(new NotReadable("no worker")),
  ...change,
});

const read = async (given: FactSources): Promise<Record<string, { status: string; details: Readonly<Record<string, unknown>> }>> =>
  Object.fromEntries((await readFactGroups(factGroups, given)).map(({ name, status, details = {} }) => [name, { status, details }]));

test("a node's files give its facts, in bytes and plain numbers", async () => {
  const items = await read(sources());
  const kernel = items["kernel"]?.details;
  assert.equal(kernel?.["bootTime"], "2025-11-20T22:13:20.000Z");
  assert.equal(kernel["uptimeSeconds"], 12345.67);
  assert.equal(kernel["release"], os.release());
  assert.equal(items["cpu"]?.details["count"], 2);
  assert.equal(items["cpu"].details["model"], "AMD EPYC 7B13");
  assert.deepEqual(items["cpu"].details["load"], { oneMinute: 0.42, fiveMinutes: 1.5, fifteenMinutes: 0.99, runnableTasks: 3, tasks: 351 });
  assert.deepEqual(items["memory"]?.details, {
    totalBytes: 16_384_000 * 1024,
    freeBytes: 8_192_000 * 1024,
    availableBytes: 12_288_000 * 1024,
    swapTotalBytes: 0,
    swapFreeBytes: 0,
    hugePagesBytes: undefined,
  });
  assert.deepEqual(items["pressure"]?.details["io"], {
    some: { last10Seconds: 1.25, last60Seconds: 0.5, last300Seconds: 0.1 },
    full: { last10Seconds: 0.75, last60Seconds: 0.25, last300Seconds: 0.05 },
  });
  assert.deepEqual(items["entropy"]?.details, { availableBits: 256, poolBits: 256 });
  assert.deepEqual(items["conntrack"]?.details, { limit: 262_144, usedInPodNetwork: undefined });
});

test("what can't be read is skipped with the path and never passes or fails", async () => {
  const proc = await mkdtemp(join(tmpdir(), "asdic-proc-"));
  const items = await read(sources({ proc, folders: [{ path: join(proc, "gone"), role: "volumes" }] }));
  for (const { name } of factGroups) {
    assert.equal(items[name]?.status, "skipped", name);
    assert.match(
      String(items[name].details["skipped"]),
      name === "clock" ? /no worker/ : new RegExp(`^${proc}/.* can't be read from a pod here \\(ENOENT\\)$`),
    );
  }
});

test("a group that breaks fails with its stack, and the others are not touched", async () => {
  const broken = {
    name: "broken",
    read: () => Promise.reject(new TypeError("no such thing")),
  };
  const [bad, good] = await readFactGroups([broken, ...factGroups.filter(({ name }) => name === "memory")], sources());
  assert.equal(bad?.status, "failed");
  assert.match(String(bad.details?.["error"]), /TypeError: no such thing\n\s+at /);
  assert.equal(good?.status, "passed");
});

test("both versions of control groups are told apart by what is mounted, with the container's limits", async () => {
  const limits = async (name: string) => {
    const cgroup = join(fixtures, name, "cgroup");
    const proc = await mkdtemp(join(tmpdir(), "asdic-proc-"));
    await writeMounts(proc, (await readFile(join(fixtures, name, "mountinfo"), "utf8")).replaceAll("/sys/fs/cgroup", cgroup));
    return (await read(sources({ proc, cgroup })))["cgroup"]?.details;
  };
  assert.deepEqual(await limits("cgroup-v2"), { version: "v2", containerLimits: { memoryBytes: 402_653_184, cpus: 0.5, pids: null } });
  assert.deepEqual(await limits("cgroup-v1"), { version: "v1", containerLimits: { memoryBytes: null, cpus: null, pids: 1024 } });
});

async function writeMounts(proc: string, mountinfo: string): Promise<void> {
  await mkdir(join(proc, "self"));
  await writeFile(join(proc, "self/mountinfo"), mountinfo);
}
