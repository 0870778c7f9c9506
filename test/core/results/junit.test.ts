import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { countLeaves } from "../../../core/results/roll-up.ts";
import { leavesOf, readText, statusesOf } from "./read-file.ts";

const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, "../../fixtures/results", name));

test("every state of ginkgo v2 is read, with duration, class name, type and text", async () => {
  const file = await readText("junit", fixture("ginkgo-v2-all-states.xml"));
  assert.deepEqual(file.meta, { file: "results/global/file.junit", type: "file" });
  assert.equal(file.status, "failed");
  assert.deepEqual(
    file.items?.map(({ name, status }) => [name, status]),
    [["My Suite", "failed"]],
  );
  assert.match(String(file.items?.[0]?.details?.["properties"]), /^SuiteSucceeded=false\n[^]*RandomSeed=17\n/);
  const [timedOut, passed, pending, panicked, setUp] = leavesOf(file);
  assert.equal(timedOut?.status, "failed");
  assert.equal(timedOut?.details?.["duration"], 1);
  assert.equal(timedOut?.details?.["classname"], "My Suite");
  assert.equal(timedOut?.details?.["failure-type"], "timedout");
  assert.match(String(timedOut?.details?.["failure"]), /^failure\nmessage \[TIMEDOUT\] failure\n[^]*visible in the timeline$/);
  assert.equal(timedOut?.details?.["system-out"], "some captured stdout\n");
  assert.match(String(timedOut?.details?.["system-err"]), /^STEP: a by step/);
  assert.deepEqual([passed?.status, passed?.details?.["failure"]], ["passed", undefined]);
  assert.deepEqual([pending?.status, pending?.details?.["skipped"]], ["skipped", "pending"]);
  assert.deepEqual([panicked?.status, panicked?.details?.["error-type"]], ["failed", "panicked"]);
  assert.match(String(panicked?.details?.["error"]), /^the panic \[PANICKED\]/);
  assert.equal(setUp?.status, "passed");
});

test("a certified run of ginkgo v1, whose root is one suite, is read whole", async () => {
  const file = await readText("junit", gunzipSync(fixture("ginkgo-v1-conformance.xml.gz")));
  assert.deepEqual([file.status, countLeaves(file)], ["passed", { skipped: 6696, passed: 346 }]);
  assert.equal(file.items?.[0]?.name, "Kubernetes e2e suite");
});

test("a run of ginkgo v2 with tests that skipped themselves keeps their reasons", async () => {
  const file = await readText("junit", gunzipSync(fixture("ginkgo-v2-ai-conformance.xml.gz")));
  assert.deepEqual([file.status, countLeaves(file)], ["passed", { passed: 15, skipped: 7133 }]);
  const reasons = leavesOf(file).map(({ details }) => String(details?.["skipped"] ?? ""));
  assert.ok(reasons.some((reason) => reason.startsWith("skipped - ")));
});

const ofTest = (inner: string, attributes = ""): string => `<testsuite name="s"><testcase name="t"${attributes}>${inner}</testcase></testsuite>`;

for (const [what, xml, expected] of [
  ["no child is passed", ofTest(""), { status: "passed" }],
  ["a failure without text is failed", ofTest("<failure/>"), { status: "failed" }],
  [
    "message and text are both kept",
    ofTest('<failure message="m" type="T">text</failure>'),
    { status: "failed", details: { failure: "m text", "failure-type": "T" } },
  ],
  ["a message that the text repeats stands once", ofTest('<failure message="m">m: text</failure>'), { status: "failed", details: { failure: "m: text" } }],
  ["a message alone is the text", ofTest('<error message="m"/>'), { status: "failed", details: { error: "m" } }],
  ["failure and error are both kept", ofTest("<failure>f</failure><error>e</error>"), { status: "failed", details: { failure: "f", error: "e" } }],
  ["two failures are both kept", ofTest("<failure>1</failure><failure>2</failure>"), { status: "failed", details: { failure: "1\n2" } }],
  ["skipped wins over failed, whose text stays", ofTest("<failure>f</failure><skipped/>"), { status: "skipped", details: { failure: "f" } }],
  ["a reason in the text is kept", ofTest("<skipped>why</skipped>"), { status: "skipped", details: { skipped: "why" } }],
  ["CDATA is text", ofTest("<failure><![CDATA[a < b && c]]></failure>"), { status: "failed", details: { failure: "a < b && c" } }],
  [
    "entities and new lines are what they stand for",
    ofTest("<failure>&lt;a&gt;&#xA;&#39;b&#39;</failure>"),
    { status: "failed", details: { failure: "<a>\n'b'" } },
  ],
  ["elements within a text leave their text", ofTest("<failure>a<b>c</b>d</failure>"), { status: "failed", details: { failure: "acd" } }],
  [
    "a namespace's prefix is not in the way",
    '<j:testsuite xmlns:j="urn:x" name="s"><j:testcase name="t"><j:failure>f</j:failure></j:testcase></j:testsuite>',
    { status: "failed", details: { failure: "f" } },
  ],
  [
    "control characters become visible",
    ofTest("<failure>\u001b[31mred&#27;[0m&#x0;&#xFFFF;</failure>"),
    { status: "failed", details: { failure: "␛[31mred␛[0m␀\ufffd" } },
  ],
  ["seconds with commas are read", ofTest("", ' time="1,234.5"'), { status: "passed", details: { duration: 1234.5 } }],
  ["seconds with an exponent are read", ofTest("", ' time="9.1e-05"'), { status: "passed", details: { duration: 9.1e-5 } }],
  ["what is no time is left out", ofTest("", ' time="-1" classname=""'), { status: "passed" }],
  ["a byte order mark is no text", `\ufeff${ofTest("")}`, { status: "passed" }],
] as const)
  test(`of a test: ${what}`, async () => {
    for (const pieceBytes of [1, 10_000]) assert.deepEqual(leavesOf(await readText("junit", xml, pieceBytes)), [{ name: "t", ...expected }]);
  });

test("a file in another encoding is read as it says", async () => {
  const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>${ofTest("<failure>größer</failure>")}`;
  assert.equal(leavesOf(await readText("junit", Buffer.from(xml, "latin1")))[0]?.details?.["failure"], "größer");
  const utf16 = Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${ofTest("<failure>größer</failure>")}`, "utf16le");
  assert.equal(leavesOf(await readText("junit", utf16))[0]?.details?.["failure"], "größer");
});

test("suites lie in suites, unnamed ones are numbered, and one without tests is skipped and not passed", async () => {
  const file = await readText(
    "junit",
    `<testsuites><testsuite><testcase name="a"/></testsuite><testsuite name="named"><testsuite name="inner"><testcase name="b"/></testsuite><testcase name="c"/></testsuite><testsuite></testsuite></testsuites>`,
  );
  assert.deepEqual(file.items, [
    { name: "testsuite-001", status: "passed", items: [{ name: "a", status: "passed" }] },
    {
      name: "named",
      status: "passed",
      items: [
        { name: "inner", status: "passed", items: [{ name: "b", status: "passed" }] },
        { name: "c", status: "passed" },
      ],
    },
    { name: "testsuite-003", status: "skipped", details: { skipped: "The suite has no tests." } },
  ]);
});

test("a file with nothing but empty suites is skipped, one without suites unknown", async () => {
  assert.equal((await readText("junit", '<testsuites><testsuite name="a" tests="0"/></testsuites>')).status, "skipped");
  assert.equal((await readText("junit", "<testsuites></testsuites>")).status, "unknown");
});

test("a suite that could not be set up is a failed test of its own", async () => {
  const file = await readText("junit", '<testsuite name="s"><error message="no database"/><testcase name="a"/></testsuite>');
  assert.deepEqual(statusesOf(file), [
    ["s", "failed"],
    ["a", "passed"],
  ]);
  assert.equal(leavesOf(file)[0]?.details?.["error"], "no database");
});

test("tests outside of suites, and without a name, are not lost", async () => {
  assert.deepEqual(statusesOf(await readText("junit", '<testsuites><testcase name="a"/><testcase classname="C"/><testcase/></testsuites>')), [
    ["a", "passed"],
    ["C", "passed"],
    ["testcase-003", "passed"],
  ]);
});

test("well-formed XML of another kind is skipped, with its root in the reason", async () => {
  const file = await readText("junit", '<project><testcase name="no"/></project>');
  assert.deepEqual([file.status, file.items, file.details], ["skipped", undefined, { skipped: "This is no JUnit file: its root element is project." }]);
});

for (const [what, xml, kept, problem] of [
  ["cut off between tests", '<testsuite name="s"><testcase name="a"/>', [["a", "passed"]], /malformed at line:column 1:\d+/],
  ["cut off in a test", '<testsuite name="s">\n<testcase name="a"><system-out>x', [["a", "unknown"]], /2:\d+/],
  ["cut off in a failure", '<testsuite name="s"><testcase name="a"><failure>half', [["a", "failed"]], /malformed/],
  ["cut off in a tag", '<testsuite name="s"><testcase name="a"/><testcase na', [["a", "passed"]], /malformed/],
  [
    "with tags that do not match",
    '<testsuite name="s"><testcase name="a"/><testcase name="b"></oops></testcase><testcase name="c"/></testsuite>',
    [
      ["a", "passed"],
      ["b", "unknown"],
    ],
    /1:\d+: unexpected close tag/,
  ],
  [
    "with an entity that nobody declared",
    '<testsuite name="s"><testcase name="a"/><testcase name="b">&nbsp;</testcase></testsuite>',
    [
      ["a", "passed"],
      ["b", "unknown"],
    ],
    /entity/,
  ],
  ["with more after its root", '<testsuite name="s"><testcase name="a"/></testsuite><testsuite/>', [["a", "passed"]], /root/],
] as const)
  test(`a file ${what} gives what was read, and a failed item that says why`, async () => {
    const file = await readText("junit", xml);
    assert.equal(file.status, "failed");
    assert.deepEqual(statusesOf(file), [...kept, ["(the rest of the file)", "failed"]]);
    assert.match(String(leavesOf(file).at(-1)?.details?.["error"]), problem);
  });

for (const [what, content, problem] of [
  ["is empty", "", /is empty/],
  ["is no XML", "panic: no such host", /malformed/],
] as const)
  test(`a file that ${what} is itself failed`, async () => {
    const file = await readText("junit", content);
    assert.deepEqual([file.name, file.status, file.items], ["file.junit", "failed", undefined]);
    assert.match(String(file.details?.["error"]), problem);
  });

test("a DOCTYPE with entities and an external file does nothing", async () => {
  const bomb = `<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`;
  assert.deepEqual(statusesOf(await readText("junit", bomb + ofTest(""))), [["t", "passed"]]);
  const used = await readText("junit", bomb + ofTest("<failure>&b;&x;</failure>"));
  assert.equal(used.status, "failed");
  assert.doesNotMatch(JSON.stringify(used), /aaaa|root:/);
});

test("a text over 1 MiB keeps its beginning and its end, with a mark between", async () => {
  const text = `begin${"x".repeat(3 * 1024 ** 2)}end`;
  const out = String(leavesOf(await readText("junit", ofTest(`<system-out>${text}</system-out>`)))[0]?.details?.["system-out"]);
  assert.ok(out.length < 1024 ** 2 + 100);
  assert.match(out, /^beginx+\n… 2097160 characters are left out here …\nx+end$/);
});

test("elements inside each other without end are stopped", async () => {
  const file = await readText("junit", `<testsuite name="s"><testcase name="a"/>${"<x>".repeat(200)}`);
  assert.deepEqual(statusesOf(file), [
    ["a", "passed"],
    ["(the rest of the file)", "failed"],
  ]);
});

test("whatever is in a file, the result is an item and never an error", async () => {
  const part = fc.oneof(
    fc.constantFrom(
      "<testsuites>",
      "</testsuites>",
      '<testsuite name="s">',
      "</testsuite>",
      '<testcase name="t">',
      "</testcase>",
      "<failure>",
      "</failure>",
      "<skipped/>",
      "<![CDATA[",
      "]]>",
      "&#0;",
      "&",
      "<!DOCTYPE a [",
      "]>",
    ),
    fc.string({ unit: "binary" }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 50 }), async (parts, pieceBytes) => {
      const file = await readText("junit", parts.join(""), pieceBytes);
      assert.notEqual(file.status, "");
      assert.deepEqual(file, await readText("junit", parts.join("")));
    }),
  );
});
