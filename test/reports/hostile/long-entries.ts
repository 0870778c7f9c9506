import { tarballPaths } from "../../../core/contract/tarball-layout.ts";
import { hostileEntries } from "./hostile-entries.ts";

const longName = `begin ${"ünïcödé name ".repeat(320)}end`;
const longMessage = `begin\n${"all work and no play ]]> <b> \u001b[1m \u0000 ".repeat(256 * 1024)}\nend`;

/** Entries of a tarball with names of 4 KB, messages of 10 MB, lines without an end, and lists without one. */
export function longEntries(): readonly (readonly [string, string])[] {
  const details = [
    { failure: longMessage, classname: longName },
    { failure: "x".repeat(1024 ** 2), "system-out": "y".repeat(1024 ** 2) },
    { failure: "\n".repeat(100_000), "system-out": "a b ".repeat(100_000) },
  ];
  const items = details.map((detail, index) => ({ name: `${index} ${longName}`, status: "failed", details: detail }));
  const evidence = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${index} ${longName}`, Array.from({ length: 50 }, () => longName)]));
  return [
    ...hostileEntries([longName, `${longName}2`]),
    // JSON is YAML, and made faster.
    [tarballPaths.resultTree("long"), JSON.stringify({ name: "long", status: "failed", meta: { type: "summary" }, items })],
    [tarballPaths.error("long", "global"), JSON.stringify({ error: longMessage, code: longName, hint: longMessage, evidence })],
  ];
}
