import { KnownError } from "../../core/contract/known-error.ts";
import { snapshotDefaults } from "../../core/contract/snapshot-defaults.ts";
import type { LogOptions, Selection, SnapshotOptions } from "../../core/contract/snapshot-options.ts";
import { InvalidSelector, parseLabelSelector } from "../../core/kubernetes/label-selector.ts";
import { parseDuration } from "../run/duration.ts";
import { parseChoice } from "../run/options/values.ts";
import type { Attempt } from "../run/problems.ts";
import { parseSize } from "../run/size.ts";
import { parseMaxObjects } from "./parse-max-objects.ts";
import { previousChoices, secretChoices, type ContentFlags } from "./content-options.ts";

export type ContentInput = { readonly prefix: "" | "snapshot-"; readonly attempt: Attempt };

/** What a snapshot is to hold, as the flags say it, with the defaults for the rest; `attempt` gets each that can't be. */
export function parseContent(flags: ContentFlags, { prefix, attempt }: ContentInput): SnapshotOptions {
  const read = <T>(name: string, text: string | undefined, parse: (flag: string, text: string) => T): T | undefined =>
    text === undefined ? undefined : attempt(() => parse(`--${prefix}${name}`, text));
  const usual = snapshotDefaults;
  const labelSelector = read("selector", flags.snapshotSelector, parseSelector);
  return {
    ...usual,
    namespaces: read("namespaces", flags.snapshotNamespaces, parseSelection) ?? usual.namespaces,
    kinds: read("kinds", flags.snapshotKinds, parseSelection) ?? usual.kinds,
    groups: read("groups", flags.snapshotGroups, parseSelection) ?? usual.groups,
    ...(labelSelector !== undefined && { labelSelector }),
    secrets: read("secrets", flags.snapshotSecrets, (flag, text) => parseChoice(flag, text, secretChoices)) ?? usual.secrets,
    logs: parseLogs(flags, read),
    maxBytes: read("max-size", flags.snapshotMaxSize, parseSize) ?? usual.maxBytes,
    maxLogBytes: read("max-logs", flags.snapshotMaxLogs, parseSize) ?? usual.maxLogBytes,
    ...read("max-objects", flags.snapshotMaxObjects, parseMaxObjects),
    maxSeconds: read("max-time", flags.snapshotMaxTime, parseDuration) ?? usual.maxSeconds,
    requestsPerSecond: read("rate", flags.snapshotRate, parseCount) ?? usual.requestsPerSecond,
  };
}

type Read = <T>(name: string, text: string | undefined, parse: (flag: string, text: string) => T) => T | undefined;

const usualLogs: LogOptions = {
  namespaces: { only: ["kube-system"], except: [] },
  unhealthy: true,
  previous: "restarted",
  timestamps: false,
  limitBytes: 10 * 1024 ** 2,
};

function parseLogs(flags: ContentFlags, read: Read): LogOptions | undefined {
  const namespaces = read("logs", flags.snapshotLogs, parseSelection);
  const labelSelector = read("log-selector", flags.snapshotLogSelector, parseSelector);
  const tailLines = read("log-tail", flags.snapshotLogTail, parseCount);
  const logs: LogOptions = {
    ...usualLogs,
    ...(namespaces !== undefined && { namespaces }),
    ...(labelSelector !== undefined && { labelSelector }),
    previous: read("log-previous", flags.snapshotLogPrevious, (flag, text) => parseChoice(flag, text, previousChoices)) ?? usualLogs.previous,
    ...read("log-since", flags.snapshotLogSince, parseSince),
    ...(tailLines !== undefined && { tailLines }),
    timestamps: flags.snapshotLogTimestamps === true,
    limitBytes: read("log-size", flags.snapshotLogSize, parseSize) ?? usualLogs.limitBytes,
  };
  return namespaces?.only.join() === "none" ? undefined : logs;
}

/** Names with `*` for any characters, `!` in front of those to leave out. */
function parseSelection(flag: string, text: string): Selection {
  const names = text.split(",");
  const wrong = names.find((name) => !/^!?[A-Za-z0-9*](?:[A-Za-z0-9.*-]{0,251}[A-Za-z0-9*])?$/.test(name));
  if (wrong !== undefined)
    throw new KnownError("wrong-usage", `${flag} ${text}: ${JSON.stringify(wrong)} is no name.`, {
      hint: `Give names with commas between them, * for any characters, ! in front of what is left out, e.g. ${flag} 'a,b-*,!b-c'`,
    });
  return { only: names.filter((name) => !name.startsWith("!")), except: names.filter((name) => name.startsWith("!")).map((name) => name.slice(1)) };
}

function parseSelector(flag: string, text: string): string {
  try {
    parseLabelSelector(text);
    return text;
  } catch (error) {
    if (!(error instanceof InvalidSelector)) throw error;
    throw new KnownError("wrong-usage", `${flag} ${text}: is no label selector (${error.message}).`, {
      hint: `For example: ${flag} 'app=shop,tier in (a,b),!old'`,
    });
  }
}

function parseCount(flag: string, text: string): number {
  const count = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (count > 0) return count;
  throw new KnownError("wrong-usage", `${flag} ${text}: is no whole number above 0.`, { hint: `For example: ${flag} 100` });
}

function parseSince(flag: string, text: string): Pick<LogOptions, "sinceSeconds" | "sinceTime"> {
  if (!/^\d{4}-/.test(text)) return { sinceSeconds: Math.ceil(parseDuration(flag, text)) };
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))) return { sinceTime: text };
  throw new KnownError("wrong-usage", `${flag} ${text}: is no moment.`, { hint: "Give one such as 2026-11-21T10:00:00Z, or a duration such as 2h." });
}
