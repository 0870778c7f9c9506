import assert from "node:assert/strict";
import { test } from "node:test";
import { renderMetric } from "../../../reports/prometheus/render-metric.ts";

const samples = (...values: readonly string[]) => values.map((value) => ({ labels: [["status", value] as const], value: 1 }));

test("a metric without samples is not there", () => assert.equal(renderMetric("m", "Help.", []), ""));

test("labels are escaped, and samples with the same ones are one", () =>
  assert.equal(renderMetric("m", "Help.", samples('a"b\\c', "x\ny", "x y")), '# HELP m Help.\n# TYPE m gauge\nm{status="a\\"b\\\\c"} 1\nm{status="x y"} 2\n'));

test("a value without labels has no braces", () => assert.match(renderMetric("m", "Help.", [{ labels: [], value: 2.5 }]), /^m 2\.5$/m));

test("statuses without end are a thousand series and one for the others", () => {
  const rendered = renderMetric("m", "Help.", samples(...Array.from({ length: 1500 }, (_, index) => `s${index}`)));
  assert.equal(rendered.trimEnd().split("\n").length, 2 + 1001);
  assert.match(rendered, /^m\{status="other"\} 500$/m);
});
