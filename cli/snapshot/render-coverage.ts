import type { SnapshotCoverage, SnapshotFailure, SnapshotOmission } from "../../core/contract/snapshot-coverage.ts";
import { nameSome } from "../name-some.ts";
import { renderBytes } from "../render-bytes.ts";
import { renderDuration } from "../run/duration.ts";
import { fitText } from "../terminal/safe-text.ts";

/** What a snapshot holds, what it cost, and what is not in it and why, in lines that are safe to print; `size` is the tarball's in bytes. */
export function renderCoverage(coverage: SnapshotCoverage, size: number): readonly string[] {
  const { kinds, objects, logs, writtenBytes, requests, receivedBytes, throttled, waitedMilliseconds, failures, failureCount, omissions } = coverage;
  const seconds = (Date.parse(coverage.finishedAt) - Date.parse(coverage.startedAt)) / 1000;
  return [
    `${kinds} kinds, ${objects} objects and ${logs} logs in ${renderDuration(seconds)}: ${renderBytes(writtenBytes)}, packed ${renderBytes(size)}.`,
    `${requests} requests, ${renderBytes(receivedBytes)} received; told to slow down ${throttled} times, waited ${renderDuration(waitedMilliseconds / 1000)} for that and for --rate.`,
    ...(failureCount === 0 ? [] : [`Could not be read (${failureCount}; more in meta/snapshot.json):`, ...cutList(groupAlike(failures).map(renderFailures))]),
    ...(omissions.length === 0 ? [] : ["Left out:", ...cutList(omissions.map(renderOmission))]),
  ];
}

const mostLines = 20;

const cutList = (lines: readonly string[]): readonly string[] =>
  lines.length > mostLines ? [...lines.slice(0, mostLines), `  and ${lines.length - mostLines} more: meta/snapshot.json`] : lines;

/** Whoever may see nothing is told so once, and not of each kind. */
function groupAlike(failures: readonly SnapshotFailure[]): readonly (readonly SnapshotFailure[])[] {
  const groups = new Map<string, SnapshotFailure[]>();
  for (const failure of failures) {
    const key = JSON.stringify([failure.verb, failure.namespace, failure.reason, failure.instead]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(failure);
  }
  return [...groups.values()];
}

function renderFailures(alike: readonly SnapshotFailure[]): string {
  const [first] = alike;
  if (first === undefined) return "";
  const names = [...new Set(alike.map(({ resource, name }) => (name === undefined ? resource : `${resource} ${name}`)))];
  const place = first.instead ? " in all namespaces" : first.namespace === "" ? "" : ` in ${first.namespace}`;
  const message = first.message === "" ? "" : `: ${first.message}`;
  return `  ${fitText(`${first.verb} ${nameSome(names)}${place}: ${first.reason}${renderInstead(first)}${message}`, longestLine)}`;
}

/** What is in the snapshot all the same, and what is not. */
function renderInstead({ instead }: SnapshotFailure): string {
  if (!instead) return "";
  const { namespaces, count, known } = instead;
  if (known === 0) return ", and no namespace is known to read it in (--namespaces names some)";
  if (count === 0) return `, and in none of the ${known} known namespaces either`;
  return `, but read in ${count} of the ${known} known namespaces (${nameSome(namespaces, count)})`;
}

const longestLine = 300;

const renderOmission = ({ what, why, count }: SnapshotOmission): string => `  ${fitText(`${count} ${what}: ${why}`, longestLine)}`;
