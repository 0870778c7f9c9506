import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { aggregatorPods, readPodFile } from "../e2e/aggregator-pod.ts";
import { asdic, kubectl } from "../e2e/asdic.ts";

/** Peak resident memory of the aggregator while 100 results of 5 MB arrive at once on a real cluster; limit 150 MB. */
const results = 100;
const limitMegabytes = 150;
const namespace = "bench-memory";
const image = "registry.k8s.io/e2e-test-images/busybox:1.37.0-1";

const folder = mkdtempSync(join(tmpdir(), "asdic-bench-"));
// Pods start one after the other; all of them wait for the same moment to write their done file.
const moment = Math.ceil(Date.now() / 1000) + 170;
for (let index = 0; index < results; index += 1) {
  const name = `load-${index}`;
  const script = `head -c 5000000 /dev/urandom > $RESULTS_DIR/data; while [ $(date +%s) -lt ${moment} ]; do sleep 0.5; done; echo $RESULTS_DIR/data > $RESULTS_DIR/done`;
  const document = {
    "sonobuoy-config": { driver: "Job", "plugin-name": name, "result-format": "raw" },
    spec: { name: "plugin", image, command: ["sh", "-c", script], resources: { requests: { cpu: "1m", memory: "4Mi" } } },
  };
  writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(document));
}

const started = await asdic(["run", "-n", namespace, "-p", folder]);
if (started.code !== 0) throw new Error(started.stderr);
const readMemory = async (): Promise<(key: string) => number> => {
  const [pod = ""] = await aggregatorPods(namespace);
  const status = await readPodFile(namespace, pod, "/proc/1/status");
  return (key) => Math.round(Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
};
await sleep(moment * 1000 - Date.now() - 5000);
const earlier = await readMemory();
const waited = await asdic(["wait", "-n", namespace, "--timeout", "9m"]);
const later = await readMemory();
const log = (await kubectl("logs", "-n", namespace, "deployment/asdic-aggregator")).split("\n").filter((line) => line.includes('"result accepted"'));
const times = log.map((line) => new Date(JSON.parse(line).time).getTime()).toSorted((a, b) => a - b);
const span = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
console.log(
  `aggregator: ${log.length} results of 5 MB within ${span.toFixed(1)} s, peak resident memory ${later("VmHWM")} MB (${earlier("VmRSS")} MB before they came), limit ${limitMegabytes} MB`,
);
if (waited.code !== 0 || log.length !== results) console.log(waited.stdout.split("\n").slice(-40).join("\n") + waited.stderr);
await asdic(["delete", "--wait", "-n", namespace]);
rmSync(folder, { recursive: true });
if (waited.code !== 0 || log.length !== results || later("VmHWM") > limitMegabytes) process.exitCode = 1;
