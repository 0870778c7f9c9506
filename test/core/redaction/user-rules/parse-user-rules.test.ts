import assert from "node:assert/strict";
import { test } from "node:test";
import { KnownError } from "../../../../core/contract/known-error.ts";
import { createRedactor } from "../../../../core/redaction/redactor.ts";
import { parseUserRules } from "../../../../core/redaction/user-rules/parse-user-rules.ts";
import { redact } from "../redact.ts";

const rules = parseUserRules(
  `rules:
  - id: employee
    regex: 'EMP-([0-9]{6})'
  - literal: Project Falcon
  - path: spec.**.pin
  - kind: Database
    field: spec.connection
  - files: 'dumps/**'
allow:
  - literal: hunter2
  - regex: 'test-[a-z]+9'
  - path: data.publicToken
  - files: 'README*'
`,
  "rules.yaml",
);
const redactor = createRedactor({ userRules: rules });

const cases: readonly (readonly [string, string, string, string])[] = [
  ["a regex hides its group", "a.log", "by EMP-123456 ok", "by EMP-REDACTED ok"],
  ["a literal is hidden in either case", "a.log", "about PROJECT falcon, soon", "about REDACTED, soon"],
  [
    "a path is hidden at any depth, with its type",
    "a.json",
    '{"spec":{"a":[{"pin":12},{"pin":"x"}]},"pin":1}',
    '{"spec":{"a":[{"pin":0},{"pin":"REDACTED"}]},"pin":1}',
  ],
  [
    "a field is hidden in its kind",
    "a.json",
    '{"kind":"Database","spec":{"connection":{"host":"h"}}}',
    '{"kind":"Database","spec":{"connection":{"host":"REDACTED"}}}',
  ],
  ["a field of another kind stays", "a.json", '{"kind":"Cache","spec":{"connection":"h"}}', '{"kind":"Cache","spec":{"connection":"h"}}'],
  ["an allowed literal stays", "a.log", "password=hunter2 password=hunter3", "password=hunter2 password=REDACTED"],
  ["an allowed pattern stays", "a.log", "password=test-abc9", "password=test-abc9"],
  ["an allowed path stays", "a.json", '{"data":{"publicToken":"abc123def"}}', '{"data":{"publicToken":"abc123def"}}'],
  ["an allowed file stays", "docs/README.md", "password=x1y2", "password=x1y2"],
  ["a file is left out", "dumps/a/heap.bin", "anything", "asdic left this file out, because a rule of the user's leaves it out.\n"],
];
for (const [what, name, before, after] of cases)
  test(what, async () => {
    assert.equal((await redact(name, before, redactor)).text, after);
  });

const broken: readonly (readonly [string, RegExp])[] = [
  ["rules:\n  - regex: (a+)+b\n", /^r\.yaml:2:12: the regex may take very long: a group repeats, /],
  ["rules:\n  - regex: '.*x'\n", /^r\.yaml:2:12: the regex may take very long: after \.\* comes x/],
  ["rules:\n  - regex: '(a)\\1'\n", /refers back/],
  ["rules:\n  - regex: 'a(?=b)'\n", /ahead or behind/],
  ["rules:\n  - regex: 'a{2000}'\n", /repeats more than 512 times/],
  ["rules:\n  - regex: 'a*'\n", /matches nothing at all/],
  ["rules:\n  - regex: '('\n", /^r\.yaml:2:12: is no regular expression/],
  ["rules:\n  - literal: ab\n", /^r\.yaml:2:14: a literal has 3 to 200/],
  ["rules:\n  - field: a.b\n", /^r\.yaml:2:12: field needs kind/],
  ["rules:\n  - literal: abc\n    regex: abc\n", /^r\.yaml:2:5: must have exactly one/],
  ["rules:\n  - reqex: abc\n", /^r\.yaml:2:5: reqex is no field/],
  ["rules:\n  - id: A B\n    literal: abc\n", /^r\.yaml:2:9: an id has/],
  ["rules:\n  - abc\n", /^r\.yaml:2:5: must be a mapping/],
  ["rules: abc\n", /^r\.yaml:1:1: rules must be a list/],
  ["other: []\n", /^r\.yaml:1:1: other is neither/],
  ["", /^r\.yaml:1:1: must have a list/],
  ["rules: []\n", /^r\.yaml:1:1: holds no rules/],
  ["rules: [\n", /^r\.yaml:\d:\d: is no YAML/],
];
for (const [text, message] of broken)
  test(`${JSON.stringify(text)} is refused with its line`, () => {
    assert.throws(
      () => parseUserRules(text, "r.yaml"),
      (error: unknown) => error instanceof KnownError && error.exitCode === 2 && message.test(error.message),
    );
  });

test("all that is wrong is told together", () => {
  assert.throws(() => parseUserRules("rules:\n  - literal: ab\n  - regex: '('\n", "r.yaml"), /r\.yaml:2:.*\nr\.yaml:3:/);
});
