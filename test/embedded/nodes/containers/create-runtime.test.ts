import assert from "node:assert/strict";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { buildSpec, isolations, mainIsolations, node, openBench, runToEnd, untilLogged } from "./open-bench.ts";

for (const isolation of isolations) {
  test(`${isolation}: a program of our own image runs as in the image`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const program = `
      import { hostname } from "node:os";
      console.log(process.env.NODE_ENV, process.env.GREETING, process.env.HOSTNAME, hostname());
      console.error("to stderr");
      process.stdout.write("no end");
      process.exitCode = 3;`;
    const { exitCode, log } = await runToEnd(bench, pod, buildSpec(bench, node(program), { env: { GREETING: "hello $HOME `id`" } }));
    assert.equal(exitCode, 3);
    assert.deepEqual(log.trimEnd().split("\n").toSorted(), ["stderr F to stderr", "stdout F production hello $HOME `id` pod-name pod-name", "stdout P no end"]);
    assert.match(pod.address, /^10\.244\.0\.\d+$/);
  });

  test(`${isolation}: mounts are where the pod wants them, one inside another too`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const source = (name: string): string => join(bench.folder, name);
    await Promise.all(["results", "config", "token"].map((name) => mkdir(source(name), { mode: 0o777 })));
    await Promise.all([
      writeFile(source("config/plan.yaml"), "plan"),
      writeFile(source("token/token"), "secret"),
      writeFile(source("message"), "", { mode: 0o666 }),
    ]);
    await Promise.all([chmod(source("results"), 0o777), chmod(source("message"), 0o666)]);
    const program = `
      import { opendir, readFile, writeFile, readdir, rename, realpath, stat } from "node:fs/promises";
      import { readFileSync, createWriteStream, existsSync } from "node:fs";
      import { tmpdir } from "node:os";
      await writeFile("/tmp/sonobuoy/results/.part", await readFile("/tmp/sonobuoy/config/plan.yaml"));
      await rename("/tmp/sonobuoy/results/.part", "/tmp/sonobuoy/results/done");
      await writeFile("/tmp/own", "own");
      await writeFile("/dev/termination-log", readFileSync(new URL("file:///var/run/secrets/asdic/token")));
      console.log(await readdir("/tmp/sonobuoy/results"), await realpath("/tmp/sonobuoy/results/done"), existsSync("/etc/asdic"), (await stat("/tmp")).isDirectory());
      createWriteStream("/tmp/sonobuoy/results/stream").end("streamed");
      const list = (path) => readdir(path, { recursive: true, withFileTypes: true });
      const entries = [...(await list("/tmp/sonobuoy/config")), ...(await list("/tmp/sonobuoy/results")), ...(await readdir("/tmp/sonobuoy", { withFileTypes: true }))];
      const folder = await opendir("/tmp/sonobuoy/config");
      console.log(entries.map(({ parentPath, name }) => parentPath + "|" + name).toSorted().join(), folder.path, (await folder.read()).parentPath);
      console.log(await readFile("/etc/hosts", "utf8"));`;
    const mounts = [
      { source: source("results"), target: "/tmp/sonobuoy/results", readOnly: false },
      { source: source("config"), target: "/tmp/sonobuoy/config", readOnly: true },
      { source: source("token"), target: "/var/run/secrets/asdic", readOnly: true },
      { source: source("message"), target: "/dev/termination-log", readOnly: false },
    ];
    const { exitCode, log } = await runToEnd(bench, pod, buildSpec(bench, node(program), { mounts }));
    assert.equal(exitCode, 0, log);
    assert.match(log, /\[ 'done' \] \/tmp\/sonobuoy\/results\/done false true/);
    assert.match(
      log,
      /\/tmp\/sonobuoy\/config\|plan.yaml,\/tmp\/sonobuoy\/results\|done.*,\/tmp\/sonobuoy\|config,\/tmp\/sonobuoy\|results \/tmp\/sonobuoy\/config \/tmp\/sonobuoy\/config$/m,
    );
    assert.match(log, new RegExp(`${pod.address}\tpod-name`));
    assert.deepEqual(await Promise.all(["results/done", "results/stream", "message"].map((name) => readFile(source(name), "utf8"))), [
      "plan",
      "streamed",
      "secret",
    ]);
  });

  test(`${isolation}: a program that is not in the image can't be started`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const logFile = join(bench.folder, "log");
    for (const program of ["/bin/nothing", "sh", "node"]) await assert.rejects(pod.start(buildSpec(bench, [program]), logFile), { code: "ENOENT" }, program);
  });

  test(`${isolation}: a container that is killed ends with 128 and the signal, its programs with it`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const file = join(bench.folder, "log");
    for (const [signal, number] of [
      ["SIGKILL", 9],
      ["SIGTERM", 15],
    ] as const) {
      const started = await pod.start(
        buildSpec(bench, node(`setInterval(() => 0, 1000); process.on("SIGTERM", () => process.exit(143)); console.log("${signal} awaited");`)),
        file,
      );
      await untilLogged(file, `${signal} awaited`, started);
      started.kill(signal);
      const { exitCode, signal: found } = await started.ended;
      assert.deepEqual({ exitCode, found }, { exitCode: 128 + number, found: number });
    }
  });

  test(`${isolation}: a command runs in the container, with its input, output, errors and exit code`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const started = await pod.start(buildSpec(bench, node("setInterval(() => 0, 1000);"), { env: { OWN: "environment" } }), join(bench.folder, "log"));
    const program = "process.stdin.pipe(process.stdout); console.error(process.env.OWN); process.exitCode = 4;";
    const command = await started.exec({ command: node(program), signal: AbortSignal.timeout(10_000) });
    command.stdin.end("said");
    const [stdout, stderr] = await Promise.all([command.stdout, command.stderr].map((stream) => stream.setEncoding("utf8").toArray()));
    assert.deepEqual([stdout?.join(""), stderr?.join(""), await command.exitCode], ["said", "environment\n", 4]);
    await assert.rejects(started.exec({ command: ["/bin/tar"], signal: AbortSignal.timeout(1000) }), { code: "ENOENT" });

    const ending = new AbortController();
    const endless = await started.exec({ command: node("setInterval(() => 0, 1000);"), signal: ending.signal });
    ending.abort();
    assert.equal(await endless.exitCode, 137);
  });

  test(`${isolation}: a frozen container does nothing until it is thawed, and can be killed`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const file = join(bench.folder, "log");
    const started = await pod.start(
      buildSpec(bench, node("process.on('SIGTERM', () => process.exit(7)); console.log('ready'); setInterval(() => 0, 50);")),
      file,
    );
    await untilLogged(file, "ready", started);
    started.freeze();
    started.kill("SIGTERM");
    started.thaw();
    assert.equal((await started.ended).exitCode, 7);

    const other = await pod.start(buildSpec(bench, node("setInterval(() => 0, 50);")), file);
    other.freeze();
    other.kill("SIGKILL");
    assert.equal((await other.ended).exitCode, 137);
  });
}

for (const isolation of mainIsolations) {
  test(`${isolation}: all output is in the log when the container has ended, whatever its amount`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const lines = 40_000;
    const program = `for (let line = 0; line < ${lines}; line += 1) process.stdout.write("line " + line + "\\n");`;
    const { exitCode, log } = await runToEnd(bench, pod, buildSpec(bench, node(program)));
    assert.equal(exitCode, 0);
    assert.equal(log, Array.from({ length: lines }, (_, line) => `stdout F line ${line}\n`).join(""));
  });

  test(`${isolation}: several containers start at once`, async (context) => {
    const bench = await openBench(context, isolation);
    const pods = await Promise.all([bench.openPod(), bench.openPod(), bench.openPod({ nodeName: "worker-2" })]);
    const ends = await Promise.all(pods.flatMap((pod) => [1, 2, 3].map((code) => runToEnd(bench, pod, buildSpec(bench, node(`process.exit(${code})`))))));
    assert.deepEqual(
      ends.map(({ exitCode }) => exitCode),
      [1, 2, 3, 1, 2, 3, 1, 2, 3],
    );
  });
}
