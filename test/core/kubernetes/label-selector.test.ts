import assert from "node:assert/strict";
import { test } from "node:test";
import { areMet, InvalidSelector, isSelected, parseLabelSelector, renderLabelSelector } from "../../../core/kubernetes/label-selector.ts";

const labels = { app: "web", tier: "front", "example.com/size": "12", empty: "" };

const chosen: readonly (readonly [selector: string, isChosen: boolean])[] = [
  ["", true],
  ["app=web", true],
  ["app==web", true],
  ["app=db", false],
  ["app = web , tier=front", true],
  ["app=web,tier=back", false],
  ["app!=db", true],
  ["app!=web", false],
  ["missing!=x", true],
  ["app in (db, web)", true],
  ["app notin (db,web)", false],
  ["missing notin (x)", true],
  ["missing in (x)", false],
  ["app", true],
  ["missing", false],
  ["!missing", true],
  ["!app", false],
  ["example.com/size>11", true],
  ["example.com/size>12", false],
  ["example.com/size < 13", true],
  ["app>1", false],
  ["empty=", true],
  ["empty in ()", true],
  ["app in (,)", false],
  ["in", false],
];

for (const [selector, isChosen] of chosen)
  test(`selector ${JSON.stringify(selector)} ${isChosen ? "chooses" : "does not choose"} the labels`, () => {
    assert.equal(areMet(parseLabelSelector(selector), labels), isChosen);
  });

/** As Kubernetes 1.36 answered. */
const refused: readonly (readonly [selector: string, message: string])[] = [
  ["a in", "unable to parse requirement: found '' expected: '('"],
  ["a=b,", "found '', expected: identifier after ','"],
  ["a in (b", "unable to parse requirement: found '', expected: ',' or ')'"],
  ["a=b=c", "found '=', expected: ',' or 'end of string'"],
  ["a>x", "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer"],
  ["a<", "unable to parse requirement: values[0]: Invalid value: \"\": for 'Gt', 'Lt' operators, the value must be an integer"],
  ["a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  [",", "found ',', expected: !, identifier, or 'end of string'"],
  ["=b", "found '=', expected: !, identifier, or 'end of string'"],
  ["!", "unable to parse requirement: found '', expected: identifier"],
  ["a in b", "unable to parse requirement: found 'b' expected: '('"],
  ["a=(b)", "unable to parse requirement: found '(', expected: identifier"],
  ["a,(b)", "found '(', expected: identifier after ','"],
  ["!a=b", "found '=', expected: ',' or 'end of string'"],
  [`${"a".repeat(64)}=b`, `unable to parse requirement: <nil>: Invalid value: "${"a".repeat(64)}": name part must be no more than 63 bytes`],
  [
    "-a=b",
    "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
  ],
  [
    "a=-",
    "unable to parse requirement: values[0][a]: Invalid value: \"-\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
  ],
  [
    "a/b/c",
    "unable to parse requirement: <nil>: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
  ],
  ["/a=b", 'unable to parse requirement: <nil>: Invalid value: "/a": prefix part must be non-empty'],
];

for (const [selector, message] of refused)
  test(`selector ${JSON.stringify(selector)} is refused in the API server's words`, () => {
    assert.throws(
      () => parseLabelSelector(selector),
      (error) => error instanceof InvalidSelector && error.message === message,
    );
  });

const objects: readonly (readonly [selector: object | null | undefined, isChosen: boolean, rendered: string])[] = [
  [undefined, false, "<none>"],
  [null, false, "<none>"],
  [{}, true, ""],
  [{ matchLabels: { tier: "front", app: "web" } }, true, "app=web,tier=front"],
  [{ matchLabels: { app: "db" } }, false, "app=db"],
  [{ matchExpressions: [{ key: "app", operator: "In", values: ["web", "db"] }] }, true, "app in (db,web)"],
  [{ matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] }, false, "app notin (web)"],
  [{ matchExpressions: [{ key: "x", operator: "DoesNotExist" }], matchLabels: { app: "web" } }, true, "app=web,!x"],
  [{ matchExpressions: [{ key: "x", operator: "Exists" }] }, false, "x"],
  [{ matchExpressions: [{ key: "app", operator: "Like", values: ["web"] }] }, false, "app in ()"],
];

for (const [selector, isChosen, rendered] of objects)
  test(`selector object ${JSON.stringify(selector)} ${isChosen ? "chooses" : "does not choose"} the labels`, () => {
    assert.equal(isSelected(selector, labels), isChosen);
    assert.equal(renderLabelSelector(selector), rendered);
  });
