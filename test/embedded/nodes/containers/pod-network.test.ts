import assert from "node:assert/strict";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { buildSpec, mainIsolations, node, openBench, runToEnd, untilLogged } from "./open-bench.ts";

const ownProgram = (...args: readonly string[]): readonly string[] => ["/nodejs/bin/node", "/asdic/plugins/main.ts", ...args];

for (const isolation of mainIsolations) {
  test(`${isolation}: the smoke plugin's client finds its server by name and by cluster IP`, async (context) => {
    const bench = await openBench(context, isolation);
    const { network } = bench;
    network.serve({ host: "10.96.0.1", port: 443 }, () => undefined);
    const [here, there] = await Promise.all([bench.openPod({ nodeName: "worker-1" }), bench.openPod({ nodeName: "worker-2" })]);
    const log = join(bench.folder, "server");
    const server = await there.start(buildSpec(bench, ownProgram("smoke-server", "8080"), { env: { ASDIC_SMOKE_TOKEN: "token-1" } }), log);
    network.setServices([
      { namespace: "default", name: "kubernetes", clusterIPs: ["10.96.0.1"], ports: [] },
      { namespace: "default", name: "smoke", clusterIPs: ["10.96.7.7"], ports: [{ port: 80, endpoints: [{ address: there.address, port: 8080 }] }] },
    ]);
    await writeFile(join(bench.folder, "message"), "", { mode: 0o666 });
    await chmod(join(bench.folder, "message"), 0o666);
    const plan = {
      names: [{ name: "kubernetes.default.svc.cluster.local" }, { name: "smoke.default", address: "10.96.7.7" }],
      url: "http://10.96.7.7:80/",
      token: "token-1",
      limitSeconds: 20,
    };
    const mounts = [{ source: join(bench.folder, "message"), target: "/dev/termination-log", readOnly: false }];
    const client = await runToEnd(bench, here, buildSpec(bench, ownProgram("smoke-client", JSON.stringify(plan)), { mounts }));
    assert.equal(client.exitCode, 0, client.log);
    const { names, service } = JSON.parse(await readFile(join(bench.folder, "message"), "utf8"));
    assert.deepEqual([service.answer, service.problem], ["token-1", undefined]);
    assert.deepEqual(
      names.map(({ answer }: { answer: string }) => answer),
      ["10.96.0.1", "10.96.7.7"],
    );
    server.kill("SIGTERM");
    assert.equal((await server.ended).exitCode, 0);
  });

  test(`${isolation}: each kind of failure has the error that Node gives for it`, async (context) => {
    const bench = await openBench(context, isolation);
    const [pod, other] = await Promise.all([bench.openPod(), bench.openPod()]);
    bench.network.setServices([{ namespace: "default", name: "empty", clusterIPs: ["10.96.1.1"], ports: [{ port: 80, endpoints: [] }] }]);
    const program = `
      import { connect } from "node:net"; import tls from "node:tls"; import { lookup } from "node:dns/promises"; import dns from "node:dns"; import { once } from "node:events";
      const failure = (socket) => once(socket, "connect").catch((error) => [error.code, error.syscall, error.address, error.port, error.message].join(" "));
      console.log(await failure(connect(81, "${other.address}")));
      console.log(await failure(connect(81, "127.0.0.1")));
      console.log(await failure(connect({ host: "empty", port: 80 })));
      console.log(await failure(tls.connect({ host: "${other.address}", port: 82, servername: "x" })));
      console.log(await failure(connect(81, "198.51.100.7")));
      console.log(await fetch("http://nobody.default/").catch(({ cause }) => [cause.code, cause.syscall, cause.hostname, cause.message].join(" ")));
      console.log(await new Promise((found) => dns.lookup("empty", { all: true }, (error, addresses) => found(JSON.stringify(addresses)))));
      console.log(JSON.stringify(await lookup("pod-name")), JSON.stringify(await lookup("localhost", 4)), (await lookup("empty", 6).catch((error) => error.code)));`;
    const { log } = await runToEnd(bench, pod, buildSpec(bench, node(program)));
    assert.deepEqual(log.replaceAll("stdout F ", "").trimEnd().split("\n"), [
      `ECONNREFUSED connect ${other.address} 81 connect ECONNREFUSED ${other.address}:81`,
      "ECONNREFUSED connect 127.0.0.1 81 connect ECONNREFUSED 127.0.0.1:81",
      "ECONNREFUSED connect 10.96.1.1 80 connect ECONNREFUSED 10.96.1.1:80",
      `ECONNREFUSED connect ${other.address} 82 connect ECONNREFUSED ${other.address}:82`,
      "EHOSTUNREACH connect 198.51.100.7 81 connect EHOSTUNREACH 198.51.100.7:81",
      "ENOTFOUND getaddrinfo nobody.default getaddrinfo ENOTFOUND nobody.default",
      '[{"address":"10.96.1.1","family":4}]',
      `{"address":"${pod.address}","family":4} {"address":"127.0.0.1","family":4} ENOTFOUND`,
    ]);
  });

  test(`${isolation}: a server knows its own address and its callers', and takes as many as it wants`, async (context) => {
    const bench = await openBench(context, isolation);
    const [pod, other] = await Promise.all([bench.openPod(), bench.openPod()]);
    const listen = `
      import { createServer } from "node:net"; import http from "node:http"; import { once } from "node:events";
      const server = createServer((socket) => socket.end([socket.remoteAddress, socket.localAddress, socket.localPort].join(" ")));
      server.listen(9000); await once(server, "listening");
      const free = createServer((socket) => socket.end("free")).listen(0, "0.0.0.0"); await once(free, "listening");
      const again = createServer().listen(9000); const [error] = await once(again, "error");
      createServer((socket) => socket.end("four")).listen(9001, "127.0.0.1"); createServer((socket) => socket.end("six")).listen(9001, "::1");
      const echo = http.createServer((request, response) => request.pipe(response)).listen(9002);
      console.log(JSON.stringify(server.address()), free.address().port > 1024, error.code, error.syscall, error.port);
      const closed = createServer().listen(9003, () => closed.close(() => createServer((socket) => socket.end()).listen(9004)));`;
    const log = join(bench.folder, "server");
    const server = await other.start(buildSpec(bench, node(listen)), log);
    const call = `
      import { connect } from "node:net"; import http from "node:http"; import { text } from "node:stream/consumers";
      const ask = (port) => new Promise((found) => { const socket = connect(port, "${other.address}"); socket.on("error", (error) => found(error.code)); text(socket).then(found, () => 0); });
      while (await ask(9004) === "ECONNREFUSED");
      console.log(await ask(9000), await ask(9001), await ask(9003));
      const body = Buffer.alloc(5_000_000, "x");
      const agent = new http.Agent({ keepAlive: true });
      for (const round of [1, 2]) await new Promise((done) => http.request({ host: "${other.address}", port: 9002, method: "POST", agent }, async (response) => {
        const { remoteAddress, remotePort } = response.socket; const { length } = await text(response); console.log(length, remoteAddress, remotePort); done();
      }).end(body));
      agent.destroy();`;
    const client = await runToEnd(bench, pod, buildSpec(bench, node(call)));
    assert.deepEqual(client.log.replaceAll("stdout F ", "").trimEnd().split("\n"), [
      `${pod.address} ${other.address} 9000 ECONNREFUSED ECONNREFUSED`,
      `5000000 ${other.address} 9002`,
      `5000000 ${other.address} 9002`,
    ]);
    server.kill("SIGKILL");
    await server.ended;
    assert.match(await readFile(log, "utf8"), /"address":"::","family":"IPv6","port":9000\} true EADDRINUSE listen 9000/);
  });

  test(`${isolation}: what this process serves is reached at its address`, async (context) => {
    const bench = await openBench(context, isolation);
    const pod = await bench.openPod();
    const server = createServer((request, response) => response.end(`seen ${request.url}`));
    bench.network.serve({ host: "10.96.0.1", port: 443 }, (connection) => server.emit("connection", connection));
    bench.network.setServices([{ namespace: "default", name: "kubernetes", clusterIPs: ["10.96.0.1"], ports: [] }]);
    const { log } = await runToEnd(bench, pod, buildSpec(bench, node(`console.log(await (await fetch("http://kubernetes.default.svc:443/version")).text())`)));
    assert.equal(log, "stdout F seen /version\n");
    server.closeAllConnections();
  });

  test(`${isolation}: a pod on the host's network has its node's address`, async (context) => {
    const bench = await openBench(context, isolation);
    const [pod, other] = await Promise.all([bench.openPod({ hostNetwork: true }), bench.openPod({ nodeName: "worker-2" })]);
    assert.equal(pod.address, bench.network.nodeOf("worker-1").address);
    const server = await pod.start(
      buildSpec(bench, node(`import { createServer } from "node:net"; createServer((socket) => socket.end("host")).listen(7000, () => console.log("ready"))`)),
      join(bench.folder, "server"),
    );
    await untilLogged(join(bench.folder, "server"), "ready", server);
    const call = `import { connect } from "node:net"; import { text } from "node:stream/consumers"; console.log(await text(connect(7000, "${pod.address}")));`;
    assert.equal((await runToEnd(bench, other, buildSpec(bench, node(call)))).log, "stdout F host\n");
  });
}
