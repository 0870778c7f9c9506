import type { Selection, SnapshotOptions } from "./snapshot-options.ts";

const all: Selection = { only: [], except: [] };

/** Everything but Secrets; logs of kube-system and of unhealthy pods. */
export const snapshotDefaults: SnapshotOptions = {
  namespaces: all,
  kinds: all,
  groups: all,
  secrets: "none",
  server: "full",
  kubelets: true,
  logs: { namespaces: { only: ["kube-system"], except: [] }, unhealthy: true, previous: "restarted", timestamps: false, limitBytes: 10 * 1024 ** 2 },
  maxBytes: 4 * 1024 ** 3,
  maxLogBytes: 512 * 1024 ** 2,
  maxObjectsPerKind: 1_000_000,
  requestsPerSecond: 100,
  maxSeconds: 900,
};
