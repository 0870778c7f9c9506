import assert from "node:assert/strict";
import { test } from "node:test";
import { parseLogLine } from "../../../cli/logs/log-line.ts";
import { createLogPosition } from "../../../cli/logs/log-position.ts";

const line = (text: string) => parseLogLine({ bytes: Buffer.from(text), length: Buffer.byteLength(text) });
const at = (time: string) => `2026-01-02T03:04:${time} text`;

/** Answers of a server, one after the other, and which of their lines are new. */
const cases: readonly {
  readonly what: string;
  readonly answers: readonly (readonly string[])[];
  readonly fresh: readonly (readonly number[])[];
  readonly since: string;
}[] = [
  {
    what: "lines of the same nanosecond are told apart by their number",
    answers: [
      [at("05.1Z"), at("05.1Z")],
      [at("05.1Z"), at("05.1Z"), at("05.1Z")],
    ],
    fresh: [[0, 1], [2]],
    since: "2026-01-02T03:04:05Z",
  },
  {
    what: "lines out of order, as two streams write them, are not lost",
    answers: [
      [at("05.3Z"), at("05.2Z")],
      [at("05.3Z"), at("05.2Z"), at("05.1Z")],
    ],
    fresh: [[0, 1], [2]],
    since: "2026-01-02T03:04:05Z",
  },
  {
    what: "a log that was rotated has fewer of the lines that were seen",
    answers: [
      [at("05.1Z"), at("05.2Z"), at("05.3Z")],
      [at("05.3Z"), at("05.4Z")],
    ],
    fresh: [[0, 1, 2], [1]],
    since: "2026-01-02T03:04:05Z",
  },
  {
    what: "the end of a long line, which has no time, was read with it",
    answers: [[at("05.1Z")], ["the end of it", at("05.1Z"), at("06Z")]],
    fresh: [[0], [2]],
    since: "2026-01-02T03:04:06Z",
  },
  {
    what: "words of the kubelet have no time and are passed on",
    answers: [["unable to retrieve container logs"], ["unable to retrieve container logs"]],
    fresh: [[0], [0]],
    since: "undefined",
  },
  {
    what: "times of a node in another zone are the same moments",
    answers: [[at("05.5+01:00")], [at("05.5+01:00"), at("05.6+01:00")]],
    fresh: [[0], [1]],
    since: "2026-01-02T02:04:05Z",
  },
];
for (const { what, answers, fresh, since } of cases)
  test(what, () => {
    const position = createLogPosition();
    const taken = answers.map((lines) => {
      position.resume();
      return lines.flatMap((text, index) => (position.take(line(text)) ? [index] : []));
    });
    assert.deepEqual(taken, fresh);
    assert.equal(String(position.resume()), since);
  });
