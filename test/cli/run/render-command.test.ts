import assert from "node:assert/strict";
import { test } from "node:test";
import { Command } from "@commander-js/extra-typings";
import { addRunOptions } from "../../../cli/commands/run-options.ts";
import { renderCommand } from "../../../cli/run/render-command.ts";

const render = (...words: readonly string[]): string =>
  renderCommand(
    addRunOptions(new Command("run").exitOverride())
      .action(() => {})
      .parse([...words], { from: "user" })
      .opts(),
  );

const cases: readonly (readonly [string, readonly string[], string])[] = [
  ["says what was typed", ["-p", "smoke", "-n", "checks"], "asdic run -p smoke -n checks"],
  ["hides the values of variables", ["--plugin-env", "p.TOKEN=a=b", "q.X=two\nlines"], "asdic run --plugin-env 'p.TOKEN=…' --plugin-env 'q.X=…'"],
  ["hides where secrets come from, and annotations", ["--secret", "p.key=/a/b", "--annotation", "a=b"], "asdic run --secret 'p.key=…' --annotation 'a=…'"],
  ["hides logins and queries in addresses", ["-p", "https://me:word@example.test/p.yaml?token=x#y"], "asdic run -p 'https://…@example.test/p.yaml?…'"],
  ["keeps other values", ["--node-selector", "a.test/b=c"], "asdic run --node-selector a.test/b=c"],
];
for (const [what, words, expected] of cases) test(`a run's command ${what}`, () => assert.equal(render(...words), expected));

test("a command has an end", () => assert.equal(render("--e2e-focus", "x".repeat(10_000)).length, 4097));
