import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject } from "../../../core/contract/json.ts";
import type { RunSummary } from "../../../core/contract/run-status.ts";
import type { Received } from "../../core/cluster/api-server.ts";
import { answerJson } from "../../core/cluster/api-server.ts";
import { runPlan, summary } from "../definitions.ts";
import { startObjectServer, type ObjectServer } from "../object-server.ts";

/** One container's runs, the last one the current; each a list of what its log file holds, and whether it has ended. */
type Run = { readonly lines: { readonly time: string; readonly text: string }[]; isEnded: boolean };
type Open = { readonly key: string; readonly run: Run; readonly response: ServerResponse };

/** An API server with a run and its pods' logs, which are asked for, followed, restarted and broken off as on a real one. */
export type LogServer = ObjectServer & {
  /** Puts a plugin's pod, or the aggregator's, whose containers run. */
  addPod(pod: TestPod): void;
  setStatus(pod: string, status: JsonObject): void;
  publish(phase: RunSummary["phase"]): void;
  write(log: string, ...lines: readonly (readonly [time: string, text: string])[]): void;
  /** Ends the current run of a container; its answers end. */
  end(log: string): void;
  /** Begins another run of a container. */
  restart(log: string): void;
  /** Cuts off all answers that are open, or ends them as if the logs had ended. */
  interrupt(how: "cut" | "end"): void;
  /** What the next request for the log gets instead. */
  refuseNext(log: string, refusal: { readonly status: number; readonly message: string; readonly times?: number }): void;
  /** Queries of the requests for a log, in their order. */
  asked(log: string): readonly Record<string, string>[];
  readonly open: () => number;
  /** Resolves when what changes from now on is seen by who follows the run. */
  watched(): Promise<void>;
};
export type TestPod = {
  readonly name: string;
  readonly plugin: string;
  readonly node?: string;
  readonly nodeName?: string;
  readonly containers: readonly string[];
  readonly initContainers?: readonly string[];
  /** At first, instead of containers that run. */
  readonly status?: JsonObject;
};

const pods = "/api/v1/namespaces/asdic/pods";

/** A server with the run abcd1234 in namespace asdic, of the plugins given. */
export async function startLogServer(plugins: readonly string[], refuse?: (request: Received) => number | undefined): Promise<LogServer> {
  const logs = new Map<string, Run[]>();
  const opened = new Set<Open>();
  const refusals = new Map<string, { status: number; message: string; times: number }>();
  const asked: { readonly log: string; readonly query: Record<string, string> }[] = [];
  const runsOf = (log: string): Run[] => {
    const runs = logs.get(log) ?? [{ lines: [], isEnded: false }];
    logs.set(log, runs);
    return runs;
  };
  const answerLog = (request: Received, response: ServerResponse): boolean => {
    const pod = request.path.startsWith(`${pods}/`) && request.path.endsWith("/log") ? request.path.slice(pods.length + 1, -4) : undefined;
    if (pod === undefined) return false;
    const { query } = request;
    const key = `${pod}/${query.get("container")}`;
    asked.push({ log: key, query: Object.fromEntries(query) });
    const refusal = refusals.get(key);
    if (refusal !== undefined && refusal.times-- > 0) {
      answerJson(response, { kind: "Status", message: refusal.message, code: refusal.status }, refusal.status);
      return true;
    }
    const runs = runsOf(key);
    const run = runs.at(query.get("previous") === null ? -1 : -2);
    if (run === undefined || (query.get("previous") !== null && runs.length < 2)) {
      answerJson(response, { kind: "Status", message: "previous terminated container not found" }, 400);
      return true;
    }
    response.writeHead(200, { "content-type": "text/plain", date: "Fri, 02 Jan 2026 03:05:00 GMT" });
    response.flushHeaders();
    const since = query.get("sinceTime");
    const wanted = run.lines.filter(({ time }) => since === null || time >= since.replace("Z", ""));
    const tail = query.get("tailLines");
    for (const line of tail === null ? wanted : wanted.slice(wanted.length - Math.min(wanted.length, Number(tail)))) response.write(renderLine(line));
    if (query.get("follow") === null || run.isEnded) response.end();
    else {
      const one = { key, run, response };
      opened.add(one);
      response.on("close", () => opened.delete(one));
    }
    return true;
  };
  const server = await startObjectServer(refuse, answerLog);
  const known = new Map<string, TestPod>();
  const putPod = (name: string, { status, annotations = {} }: { readonly status: JsonObject; readonly annotations?: Record<string, string> }): void => {
    const pod = known.get(name);
    if (pod === undefined) return;
    const role = pod.plugin === "aggregator" ? "aggregator" : "plugin";
    const labels = { "asdic.dev/run": "abcd1234", "asdic.dev/role": role, ...(role === "plugin" && { "asdic.dev/plugin": pod.plugin }) };
    const own = role === "plugin" ? { "asdic.dev/node": pod.node ?? "global" } : {};
    server.put(`${pods}/${name}`, {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: "asdic", uid: `uid-${name}`, labels, annotations: { ...own, ...annotations } },
      spec: {
        nodeName: pod.nodeName ?? pod.node ?? "worker-1",
        initContainers: (pod.initContainers ?? []).map((container) => ({ name: container })),
        containers: pod.containers.map((container) => ({ name: container })),
      },
      status,
    });
  };
  const statusOf = (name: string): JsonObject => {
    const pod = known.get(name);
    const render = (container: string): JsonObject => {
      const runs = runsOf(`${name}/${container}`);
      const state = runs.at(-1)?.isEnded === true ? { terminated: { exitCode: 0, reason: "Completed" } } : { running: {} };
      return { name: container, restartCount: runs.length - 1, state, ...(runs.length > 1 && { lastState: { terminated: { exitCode: 1 } } }) };
    };
    return { phase: "Running", initContainerStatuses: (pod?.initContainers ?? []).map(render), containerStatuses: (pod?.containers ?? []).map(render) };
  };
  const refresh = (log: string): void => putPod(log.slice(0, log.indexOf("/")), { status: statusOf(log.slice(0, log.indexOf("/"))) });
  server.put("/api/v1/namespaces/asdic/configmaps/asdic-run", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "asdic-run", namespace: "asdic" },
    data: { "spec.json": JSON.stringify({ ...runPlan([]).spec, namespace: "asdic", plugins }) },
  });
  server.put("/apis/apps/v1/namespaces/asdic/deployments/asdic-aggregator", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "asdic-aggregator", namespace: "asdic" },
  });
  return {
    ...server,
    addPod(pod) {
      known.set(pod.name, pod);
      putPod(pod.name, { status: pod.status ?? statusOf(pod.name) });
    },
    setStatus: (name, status) => putPod(name, { status }),
    publish: (phase) =>
      [...known.values()]
        .filter(({ plugin }) => plugin === "aggregator")
        .forEach(({ name }) => putPod(name, { status: statusOf(name), annotations: { "asdic.dev/status": JSON.stringify(summary({ phase })) } })),
    write(log, ...lines) {
      const run = runsOf(log).at(-1);
      for (const [time, text] of lines) {
        const line = { time: `2026-01-02T${time}`, text };
        run?.lines.push(line);
        for (const one of opened) if (one.key === log && one.run === run) one.response.write(renderLine(line));
      }
    },
    end(log) {
      const run = runsOf(log).at(-1);
      if (run === undefined) return;
      run.isEnded = true;
      for (const one of opened)
        if (one.run === run) {
          one.response.end();
          opened.delete(one);
        }
      refresh(log);
    },
    restart(log) {
      runsOf(log).push({ lines: [], isEnded: false });
      refresh(log);
    },
    interrupt(how) {
      for (const { response } of opened)
        if (how === "cut") response.destroy();
        else response.end();
      opened.clear();
    },
    refuseNext: (log, { times = 1, ...refusal }) => void refusals.set(log, { ...refusal, times }),
    asked: (log) => asked.filter((each) => each.log === log).map(({ query }) => query),
    open: () => opened.size,
    async watched() {
      while (server.received.filter(({ query }) => query.get("watch") !== null).length < 3) await sleep(5);
    },
  };
}

const renderLine = ({ time, text }: { readonly time: string; readonly text: string }): string => `${time}Z ${text}\n`;
