import assert from "node:assert/strict";
import { test } from "node:test";
import { Command } from "@commander-js/extra-typings";
import { addRunOptions, runOptions } from "../../../cli/commands/run-options.ts";
import { renderOwnCommand } from "../../../cli/embedded/render-own-command.ts";

/** Each option once, with a value if it takes one. */
const typed = (option: (typeof runOptions)[number]): readonly string[] => {
  const name = option.long ?? "";
  return option.isBoolean() || option.negate ? [name] : [name, option.argChoices?.at(-1) ?? "a b"];
};
const parse = (words: readonly string[]) =>
  addRunOptions(new Command("run").exitOverride())
    .action(() => {})
    .parse([...words], { from: "user" })
    .opts();
const render = (words: readonly string[], environment: NodeJS.ProcessEnv = {}): string => renderOwnCommand({ ...parse(words), retrieve: true }, environment);

for (const option of runOptions.filter(({ hidden }) => !hidden))
  test(`the command for a cluster of one's own has ${option.long} if it was typed`, () => {
    const words = typed(option);
    const name = option.short ?? option.long;
    assert.equal(render(words), ["asdic run", name, ...words.slice(1).map((word) => (word.includes(" ") ? `'${word}'` : word)), "--wait"].join(" "));
  });

test("it does not say what was not typed, or what would be anyway", () => assert.equal(render(["-n", "asdic"]), "asdic run --wait"));

test("what was typed by Sonobuoy's name is said by ours, in what is repeated and what is quoted", () => {
  const words = ["--sonobuoy-image", "x:1", "--rbac", "Disable", "--namespace-psa-enforce-level", "privileged", "-p", "a.yaml", "-p", "it's"];
  assert.equal(render(words), "asdic run -p a.yaml -p 'it'\\''s' --image x:1 --no-rbac --pod-security privileged --wait");
});

test("who was started by npx is told so, and where the tarball goes", () => {
  const flags = { ...parse([]), retrieve: false, output: "o.tar.gz" };
  assert.equal(renderOwnCommand(flags, { npm_command: "exec" }), "npx asdic run --wait --no-retrieve -o o.tar.gz");
});
