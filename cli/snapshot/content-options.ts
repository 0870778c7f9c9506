import { Option } from "commander";
import { choiceOption } from "../run/options/option-group.ts";

/** Flags about what a snapshot holds, under run's names for them whatever a command calls them. */
export type ContentFlags = {
  readonly snapshotNamespaces?: string | undefined;
  readonly snapshotKinds?: string | undefined;
  readonly snapshotGroups?: string | undefined;
  readonly snapshotSelector?: string | undefined;
  readonly snapshotSecrets?: string | undefined;
  readonly snapshotLogs?: string | undefined;
  readonly snapshotLogSelector?: string | undefined;
  readonly snapshotLogPrevious?: string | undefined;
  readonly snapshotLogSince?: string | undefined;
  readonly snapshotLogTail?: string | undefined;
  readonly snapshotLogTimestamps?: true | undefined;
  readonly snapshotLogSize?: string | undefined;
  readonly snapshotMaxSize?: string | undefined;
  readonly snapshotMaxLogs?: string | undefined;
  readonly snapshotMaxObjects?: string | undefined;
  readonly snapshotMaxTime?: string | undefined;
  readonly snapshotRate?: string | undefined;
};

export const secretChoices = ["none", "metadata"] as const;
export const previousChoices = ["none", "restarted", "only"] as const;

/** Options about what a snapshot holds; `prefix` stands before their names, where other options are about other things. */
export const contentOptions = (prefix: "" | "snapshot-"): readonly Option[] =>
  [
    new Option(
      `--${prefix}namespaces <names>`,
      "only these namespaces, or with ! in front all but these; commas between them, * for any characters, e.g. 'shop-*,!shop-test'",
    ),
    new Option(`--${prefix}kinds <kinds>`, "only these kinds, or with ! all but these, e.g. pods,deployments.apps or '!events'"),
    new Option(`--${prefix}groups <groups>`, "only these API groups, or with ! all but these; core is the one without a name"),
    new Option(`--${prefix}selector <labels>`, "only objects with these labels, as kubectl's -l"),
    choiceOption(`--${prefix}secrets <what>`, "none, the default; metadata: that there are Secrets, never what is in them", secretChoices),
    new Option(
      `--${prefix}logs <namespaces>`,
      "logs of all pods of these namespaces, and of unhealthy pods everywhere; none: no logs at all (default: kube-system)",
    ),
    new Option(`--${prefix}log-selector <labels>`, "logs only of pods with these labels"),
    choiceOption(
      `--${prefix}log-previous <which>`,
      "what containers said before they were started again: restarted, the default: it too; none; only: nothing else",
      previousChoices,
    ),
    new Option(`--${prefix}log-since <time>`, "only what was said in this time, e.g. 2h, or since this moment, e.g. 2026-11-21T10:00:00Z"),
    new Option(`--${prefix}log-tail <lines>`, "only so many last lines of each log"),
    new Option(`--${prefix}log-timestamps`, "the time in front of each line"),
    new Option(`--${prefix}log-size <size>`, "at most so much of each log (default: 10Mi)"),
    new Option(`--${prefix}max-size <size>`, "at most so much altogether, before it is packed (default: 4Gi)"),
    new Option(`--${prefix}max-logs <size>`, "at most so much of all logs together (default: 512Mi)"),
    new Option(
      `--${prefix}max-objects <count>`,
      "at most so many objects of each kind (default: 1000000), and of some of them, e.g. 100000,events=5000,pods.metrics.k8s.io=0",
    ),
    new Option(`--${prefix}max-time <time>`, "at most so long; what has not come by then is listed (default: 15m)"),
    new Option(`--${prefix}rate <requests>`, "at most so many requests a second (default: 100)"),
  ].map(underOneName);

function underOneName(option: Option): Option {
  const name = option.attributeName();
  option.attributeName = () => (name.startsWith("snapshot") ? name : `snapshot${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  return option;
}
