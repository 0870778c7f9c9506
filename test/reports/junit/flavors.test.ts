import assert from "node:assert/strict";
import { test } from "node:test";
import type { ResultItem } from "../../../core/contract/result-item.ts";
import type { JunitFlavor } from "../../../reports/junit/flavor-names.ts";
import { renderJunit } from "../../../reports/junit/render.ts";
import { summarize } from "../../../reports/summarize.ts";

const long = `[sig] ${"long name ".repeat(40)}`;
const items: readonly ResultItem[] = [
  { name: "same", status: "failed", details: { failure: "f", "system-out": "see [[ATTACHMENT|/etc/passwd]]" } },
  { name: "same", status: "passed" },
  { name: long, status: "passed" },
];
const junitFile: ResultItem = { name: "junit.v1.xml", status: "failed", meta: { type: "file", file: "results/n/junit.v1.xml" }, items };
const tree: ResultItem = { name: "my.plugin", status: "failed", items: [{ name: "n", status: "failed", meta: { type: "node" }, items: [junitFile] }] };
const report = summarize({ path: "x.tar.gz", plugins: [{ name: "my.plugin", tree }], errors: [] });

type Case = { readonly name: string; readonly className: string; readonly file: string | undefined };
function casesOf(junitFlavor: JunitFlavor): readonly Case[] {
  const tags = [...renderJunit(report, { junitFlavor }).matchAll(/<testcase ([^>]*?)\/?>/g)].map(([, attributes = ""]) => attributes);
  const read = (tag: string, name: string): string | undefined => new RegExp(`${name}="([^"]*)"`).exec(` ${tag}`)?.[1];
  return tags.map((tag) => ({ name: read(tag, "name") ?? "", className: read(tag, "classname") ?? "", file: read(tag, "file") }));
}

test("generic: names and classes are to the letter, and no attribute is one that few know", () => {
  const cases = casesOf("generic");
  assert.deepEqual(
    cases.map(({ name }) => name),
    ["same", "same", long],
  );
  assert.ok(cases.every(({ file, className }) => file === undefined && className === "my.plugin › n › junit.v1.xml"));
});

test("jenkins: one dot parts the plugin from the rest", () =>
  assert.deepEqual(new Set(casesOf("jenkins").map(({ className }) => className)), new Set(["my_plugin.n › junit_v1_xml"])));

test("gitlab: no two cases of a class have the same name, and no output names an attachment", () => {
  const cases = casesOf("gitlab");
  assert.deepEqual(
    cases.map(({ name, className }) => [name, className]),
    [
      ["same", "my.plugin on n"],
      ["same (2)", "my.plugin on n"],
      [long, "my.plugin on n"],
    ],
  );
  assert.doesNotMatch(renderJunit(report, { junitFlavor: "gitlab" }), /\[\[ATTACHMENT\|/);
  assert.match(renderJunit(report, { junitFlavor: "generic" }), /\[\[ATTACHMENT\|/);
});

test("azure: a title has at most 256 characters, and the whole of it is in the output", () => {
  const cases = casesOf("azure");
  assert.ok(cases.every(({ name }) => name.length <= 256));
  assert.ok(renderJunit(report, { junitFlavor: "azure" }).includes(`<system-out>${long.trimEnd()}</system-out>`));
});

test("github: what failed says which file it is from", () => assert.equal(casesOf("github")[0]?.file, "plugins/my.plugin/results/n/junit.v1.xml"));
