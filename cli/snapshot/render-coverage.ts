import type { SnapshotCoverage, SnapshotFailure, SnapshotOmission } from "../../core/contract/snapshot-coverage.ts";
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
    ...(failureCount === 0 ? [] : [`Could not be read (${failureCount}):`, ...failures.slice(0, mostLines).map(renderFailure)]),
    ...(failureCount > Math.min(mostLines, failures.length) ? [`  and ${failureCount - Math.min(mostLines, failures.length)} more: meta/snapshot.json`] : []),
    ...(omissions.length === 0 ? [] : ["Left out:", ...omissions.slice(0, mostLines).map(renderOmission)]),
    ...(omissions.length > mostLines ? [`  and ${omissions.length - mostLines} more: meta/snapshot.json`] : []),
    ...(coverage.redacted ? [] : ["It is not redacted: it holds whatever people have written into objects and logs. Look at it before you pass it on."]),
  ];
}

const mostLines = 20;

function renderFailure({ verb, resource, namespace, name, reason, message }: SnapshotFailure): string {
  const place = namespace === "" ? "" : ` in ${namespace}`;
  return `  ${fitText(`${verb} ${resource}${name === undefined ? "" : ` ${name}`}${place}: ${reason}${message === "" ? "" : `: ${message}`}`, longestLine)}`;
}

const longestLine = 300;

const renderOmission = ({ what, why, count }: SnapshotOmission): string => `  ${fitText(`${count} ${what}: ${why}`, longestLine)}`;
