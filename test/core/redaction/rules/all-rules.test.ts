import assert from "node:assert/strict";
import { test } from "node:test";
import { createRedactor } from "../../../../core/redaction/redactor.ts";
import { ruleFamilies } from "../../../../core/redaction/rules/all-rules.ts";
import type { Rule } from "../../../../core/redaction/rules/rule.ts";
import { createTally } from "../../../../core/redaction/tally.ts";
import { redactText } from "../../../../core/redaction/text/redact-text.ts";

const redactor = createRedactor();
const redact = (text: string): string => redactText(redactor, text, { tally: createTally() });
const rules: readonly Rule[] = Object.values(ruleFamilies).flat();

for (const { id, examples } of rules) {
  test(`${id}: what must be hidden is, and what stands around it stays`, () => {
    assert.ok(examples.hidden.length > 0);
    for (const example of examples.hidden) {
      const marked = example.replaceAll("¦", "");
      const expected = marked.replaceAll(/«((?:\\n|\n)?)[^»]*?((?:\\n|\n)?)»/g, "$1REDACTED$2");
      const once = redact(marked.replaceAll(/[«»]/g, ""));
      assert.equal(once, expected);
      assert.equal(redact(once), once, "a second time changes nothing");
    }
  });
  test(`${id}: what only looks like it stays`, () => {
    assert.ok(examples.kept.length > 0);
    for (const example of examples.kept) assert.equal(redact(example.replaceAll("¦", "")), example.replaceAll("¦", ""));
  });
}

test("ids are unique, literals are lower-case ASCII of three characters or more, patterns are sticky and tell places", () => {
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  for (const { id, literals } of rules) for (const literal of literals) assert.match(literal, /^[\t -@[-~]{3,}$/, id);
  for (const rule of rules) if ("pattern" in rule) assert.match(rule.pattern.flags, /^d.*y$/, rule.id);
});

test("every rule is the one that finds an example of its own when it is alone", () => {
  for (const rule of rules) {
    const [example = ""] = rule.examples.hidden;
    const text = example.replaceAll(/[¦«»]/g, "");
    const starts = [...Array(text.length).keys()].filter((at) => rule.literals.some((literal) => text.toLowerCase().startsWith(literal, at)));
    const finds = starts.some((at) => {
      if ("locate" in rule) return rule.locate(text, at) !== undefined;
      rule.pattern.lastIndex = at;
      return rule.pattern.test(text);
    });
    assert.ok(finds, rule.id);
  }
});

test("no repetition of a pattern is without a bound", () => {
  for (const rule of rules)
    if ("pattern" in rule) assert.doesNotMatch(rule.pattern.source.replaceAll(/\[(?:\\.|[^\]\\])*\]|\\./g, "x"), /[*+]|\{\d+,\}/, rule.id);
});
