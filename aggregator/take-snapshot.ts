import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Cluster } from "../core/cluster/cluster.ts";
import type { RunSpec } from "../core/contract/run-spec.ts";
import { snapshotDefaults } from "../core/contract/snapshot-defaults.ts";
import type { SnapshotOptions } from "../core/contract/snapshot-options.ts";
import { tarballPaths } from "../core/contract/tarball-layout.ts";
import type { FileTally } from "../core/redaction/redaction-report.ts";
import { folderWriter } from "../core/snapshot/folder-writer.ts";
import { readSnapshot } from "../core/snapshot/read-snapshot.ts";
import { askKubeletToken } from "./ask-kubelet-token.ts";
import { errorText } from "./error-text.ts";
import type { Log } from "./log.ts";
import type { RunRedaction } from "./redaction/run-redaction.ts";

type Input = {
  readonly cluster: Cluster;
  readonly spec: RunSpec;
  readonly folder: string;
  readonly redaction: Pick<RunRedaction, "redactor" | "tallies">;
  readonly log: Log;
  readonly signal: AbortSignal;
};

/** Writes the snapshot of this moment, if one is wanted then, below `folder` as the tarball is to have it. What can't be read is in it as that, and in the log. */
export async function takeSnapshot(moment: "before" | "after", { cluster, spec, folder, redaction: { redactor, tallies }, log, signal }: Input): Promise<void> {
  const { when = "after", options = smallSnapshot } = spec.snapshot ?? {};
  if (when !== moment && when !== "both") return;
  const prefix = moment === "before" && when === "both" ? tarballPaths.before : "";
  // What an earlier life of this aggregator has left is of another moment.
  for (const part of ["resources", "hosts", "server"]) await rm(join(folder, prefix, part), { recursive: true, force: true });
  try {
    const redaction = redactor && { redactor, onFile: (file: FileTally) => tallies.add({ ...file, name: `${prefix}${file.name}` }) };
    const { coverage } = await readSnapshot(cluster, {
      options: withoutOwnLogs(options, spec),
      writer: folderWriter(folder, prefix),
      redaction,
      kubeletToken: (ended) => askKubeletToken({ cluster, namespace: spec.namespace, log, signal: ended }),
      signal,
    });
    const { failures, omissions, options: _options, ...figures } = coverage;
    for (const { verb, resource, namespace, name, message } of failures.slice(0, loggedFailures))
      log.warn("not in the snapshot", { what: [verb, resource, namespace, name].filter(Boolean).join(" "), error: message });
    for (const omission of omissions) log.info("left out of the snapshot", omission);
    log.info("snapshot read", { ...figures, moment });
  } catch (error) {
    signal.throwIfAborted();
    // The results are there, and are worth a tarball without it.
    log.warn("the snapshot broke off", { moment, error: errorText(error) });
  }
}

/** All of them are in the snapshot itself. */
const loggedFailures = 50;

/** What every run looks at, so that its report can say how the cluster is. */
const smallSnapshot: SnapshotOptions = {
  ...snapshotDefaults,
  kinds: { only: ["nodes", "pods", "events"], except: [] },
  groups: { only: ["core"], except: [] },
  server: "version",
  kubelets: false,
  logs: undefined,
};

/** Logs of the run's own pods are kept as each of them ends. */
const withoutOwnLogs = (options: SnapshotOptions, { namespace }: RunSpec): SnapshotOptions =>
  options.logs
    ? { ...options, logs: { ...options.logs, namespaces: { ...options.logs.namespaces, except: [...options.logs.namespaces.except, namespace] } } }
    : options;
