import assert from "node:assert/strict";
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { buildShellSpec, buildSpec, isolations, mainIsolations, node, openBench, runToEnd } from "./open-bench.ts";

const withShell = isolations.filter((kind) => kind !== "none");

for (const isolation of withShell) {
  test(`${isolation}: shell scripts run as in busybox's image`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const cases = [
      { script: "exit 7", exitCode: 7, log: "" },
      { script: "id -u; pwd; echo $$; hostname", exitCode: 0, log: "stdout F 0\nstdout F /\nstdout F 1\nstdout F pod-name\n" },
      { script: "echo to-stdout > /dev/stdout; echo to-stderr | tee /dev/stderr >/dev/null", exitCode: 0, log: "stdout F to-stdout\nstderr F to-stderr\n" },
      { script: "no-such-program", exitCode: 127, log: "stderr F sh: no-such-program: not found\n" },
      { script: "echo x > /bin/new", exitCode: 1, log: "stderr F sh: can't create /bin/new: Read-only file system\n" },
      { script: "ls /work /home/*/.ssh 2>&1 | wc -l; test $(ls /proc | grep -c ^[0-9]) -lt 6; echo $?", exitCode: 0, log: "stdout F 2\nstdout F 0\n" },
      { script: "echo 1 > /proc/sys/vm/swappiness", exitCode: 1, log: "stderr F sh: can't create /proc/sys/vm/swappiness: Read-only file system\n" },
      { script: "mount -t tmpfs none /tmp 2>/dev/null && echo mounted; umount /bin 2>/dev/null && echo unmounted; true", exitCode: 0, log: "" },
      { script: "timeout 0.1 sleep 60; echo $?; kill -9 $$; echo still here", exitCode: 0, log: "stderr F Terminated\nstdout F 143\nstdout F still here\n" },
      { script: "nc -w 1 1.1.1.1 80; echo $?", exitCode: 0, log: "stderr F nc: can't connect to remote host (1.1.1.1): Network is unreachable\nstdout F 1\n" },
    ];
    for (const { script, ...expected } of cases) {
      const found = await runToEnd(bench, pod, buildShellSpec(bench, ["sh", "-c", script]));
      assert.deepEqual(
        { exitCode: found.exitCode, log: found.log.split("\n").toSorted() },
        { exitCode: expected.exitCode, log: expected.log.split("\n").toSorted() },
        script,
      );
    }
  });

  test(`${isolation}: a pod's environment is the program's alone`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const env = { LD_PRELOAD: "/tmp/evil.so", "BASH_FUNC_read%%": "() { exit 9; }", "-i": "option", IFS: "x", TEXT: "a\nb $(id) 'c'" };
    const { exitCode, log } = await runToEnd(bench, pod, buildShellSpec(bench, ["env"], { env }));
    assert.equal(exitCode, 0, log);
    const lines = log.replaceAll(/^stdout F /gm, "").split("\n");
    for (const line of [
      "LD_PRELOAD=/tmp/evil.so",
      "BASH_FUNC_read%%=() { exit 9; }",
      "-i=option",
      "IFS=x",
      "TEXT=a",
      "b $(id) 'c'",
      "HOSTNAME=pod-name",
      "HOME=/root",
    ])
      assert.ok(lines.includes(line), line);
    assert.ok(!lines.some((line) => line.startsWith("NODE_OPTIONS")));
  });

  test(`${isolation}: a container is the user that it asks for, and mounts are as read-only as they say`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const [open, shut] = ["open", "shut"].map((name) => join(bench.folder, name)) as [string, string];
    await Promise.all([open, shut].map((path) => mkdir(path)));
    await Promise.all([open, shut].map((path) => chmod(path, 0o777)));
    const mounts = [
      { source: open, target: "/open", readOnly: false },
      { source: shut, target: "/open/shut", readOnly: true },
    ];
    const script = "id -u; id -g; id -G; echo mine > file; pwd; touch shut/file";
    const { exitCode, log } = await runToEnd(
      bench,
      pod,
      buildShellSpec(bench, ["sh", "-c", script], { mounts, runAsUser: 1234, runAsGroup: 2345, fsGroup: 3456, workingDir: "/open" }),
    );
    assert.equal(exitCode, 1);
    const groups = isolation === "root" ? "2345 3456" : "2345";
    assert.deepEqual(log.split("\n"), [
      "stdout F 1234",
      "stdout F 2345",
      `stdout F ${groups}`,
      "stdout F /open",
      "stderr F touch: shut/file: Read-only file system",
      "",
    ]);
    const { uid, gid } = await stat(join(open, "file"));
    assert.deepEqual([uid, gid], isolation === "root" ? [1234, 2345] : [process.getuid?.(), process.getgid?.()]);
  });

  test(`${isolation}: a link that a container left in a volume leads no mount out of it`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const [volume, outside, other] = ["volume", "outside", "other"].map((name) => join(bench.folder, name)) as [string, string, string];
    await Promise.all([volume, outside, other].map((path) => mkdir(path)));
    const mounts = [{ source: volume, target: "/volume", readOnly: false }];
    await runToEnd(bench, pod, buildShellSpec(bench, ["ln", "-s", outside, "/volume/link"], { mounts }));
    const spec = buildShellSpec(bench, ["true"], { mounts: [...mounts, { source: other, target: "/volume/link/deep", readOnly: false }] });
    await assert.rejects(pod.start(spec, join(bench.folder, "log")), /leads through a link/);
  });

  test(`${isolation}: what runs in a container ends with it, and all of a pod with the pod`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const script = "(while :; do date >> /shared/beat; sleep 0.05; done) & sleep 0.2";
    const mounts = [{ source: bench.folder, target: "/shared", readOnly: false }];
    await runToEnd(bench, pod, buildShellSpec(bench, ["sh", "-c", script], { mounts }));
    const { size } = await stat(join(bench.folder, "beat"));
    const endless = await pod.start(buildShellSpec(bench, ["sh", "-c", "trap '' TERM; while :; do sleep 1; done"]), join(bench.folder, "log"));
    const command = await endless.exec({ command: ["sleep", "60"], signal: AbortSignal.timeout(60_000) });
    endless.freeze();
    await pod.close();
    assert.equal((await endless.ended).exitCode, 137);
    assert.notEqual(await command.exitCode, 0);
    assert.equal((await stat(join(bench.folder, "beat"))).size, size);
  });
}

for (const isolation of mainIsolations.filter((kind) => kind !== "none")) {
  test(`${isolation}: containers of a pod share its loopback, and what listens there is reached by a port forward`, async (context) => {
    const bench = await openBench(context, isolation);
    const [pod, other] = await Promise.all([bench.openPod(), bench.openPod()]);
    await writeFile(join(bench.folder, "index.html"), "from httpd");
    const mounts = [{ source: bench.folder, target: "/www", readOnly: true }];
    const web = await pod.start(buildShellSpec(bench, ["httpd", "-f", "-p", "127.0.0.1:8081", "-h", "/www"], { mounts }), join(bench.folder, "web"));
    const listener = `import { createServer } from "node:http";
      createServer((request, response) => request.pipe(response)).listen(8099, "127.0.0.1", () => console.log("ready"));`;
    const own = await pod.start(buildSpec(bench, node(listener)), join(bench.folder, "own"));
    const script = `until wget -q -O - --post-data=progress http://127.0.0.1:8099/; do sleep 0.05; done; until wget -q -O - http://127.0.0.1:8081/; do sleep 0.05; done`;
    const { log } = await runToEnd(bench, pod, buildShellSpec(bench, ["sh", "-c", script]));
    assert.match(log, /progress/);
    assert.match(log, /from httpd/);
    const { exitCode } = await runToEnd(bench, other, buildShellSpec(bench, ["wget", "-q", "-O", "-", "http://127.0.0.1:8099/"]));
    assert.equal(exitCode, 1);

    for (const port of [8099, 8081]) {
      const connection = await pod.dial(port);
      connection.write(`GET /index.html HTTP/1.0\r\n\r\n`);
      assert.match(await text(connection), /^HTTP\/1\.[01] 200 OK/);
    }
    await assert.rejects(pod.dial(8082), { code: "ECONNREFUSED" });
    for (const container of [web, own]) container.kill("SIGKILL");
    await Promise.all([web.ended, own.ended]);
    await assert.rejects(pod.dial(8099), { code: "ECONNREFUSED" });
    assert.match(await readFile(join(bench.folder, "own"), "utf8"), /ready/);
  });
}

test("images are told by their repository", async (context) => {
  const bench = await openBench(context, "none");
  const other = withShell[0] === undefined ? undefined : await openBench(context, withShell[0]);
  const cases = [
    ["busybox", true],
    ["busybox:1.36", true],
    ["docker.io/library/busybox@sha256:" + "0".repeat(64), true],
    ["localhost:5000/busybox:latest", true],
    ["registry.k8s.io/e2e-test-images/agnhost:2.53", false],
    ["notbusybox", false],
    ["busybox/other", false],
  ] as const;
  for (const [name, isShell] of cases) {
    assert.equal(bench.runtime.findImage(name), undefined, name);
    if (other !== undefined) assert.equal(other.runtime.findImage(name) !== undefined, isShell, name);
  }
});
