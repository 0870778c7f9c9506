import assert from "node:assert/strict";
import { test } from "node:test";
import { runCommand } from "../../../cli/commands/run.ts";
import { renderOwnCommand } from "../../../cli/embedded/render-own-command.ts";

/** Of `asdic run`; what is about the embedded cluster, or about which cluster it is, is not for the reader's own. */
const otherClusters = ["--embedded", "--world", "--dry-run", "--kubeconfig", "--context"];

test("the command for a cluster of one's own has each of run's options that were typed", () => {
  const rendered = renderOwnCommand(
    {
      plugin: ["my plugin.yaml"],
      pluginEnv: ["p.A=b"],
      pluginImage: ["p:image"],
      permissions: "admin",
      nodeSelector: ["a=b"],
      priorityClass: "high",
      image: "image",
      imagePullPolicy: "Always",
      mode: "quick",
      e2eFocus: "f",
      e2eSkip: "s",
      e2eParallel: true,
      timeout: "1h",
      maxResultSize: "1Mi",
      namespace: "n",
      retrieve: false,
      output: "o.tar.gz",
    },
    {},
  );
  const words = rendered.split(" ");
  const { options } = runCommand({
    output: { out() {}, err() {}, isTerminal: false, columns: 80, colours: false },
    environment: {},
    signal: new AbortController().signal,
    now: () => new Date(0),
    cwd: "/",
    setExitCode() {},
  });
  const wanted = options.filter(({ long }) => !otherClusters.includes(long ?? ""));
  assert.deepEqual(
    wanted.filter(({ short, long }) => !words.includes(short ?? "") && !words.includes(long ?? "")).map(({ flags }) => flags),
    [],
  );
  assert.match(rendered, /^asdic run -p 'my plugin.yaml' /);
});
