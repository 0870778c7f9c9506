import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHash, renderHash, type PageState } from "../../../../reports/html/page/page-state.ts";

const states: readonly (readonly [hash: string, PageState])[] = [
  ["#overview", { view: "overview", query: "", group: "none" }],
  ["#f=0123456789abcdef", { view: "findings", query: "", group: "none", open: "0123456789abcdef" }],
  ["#findings?q=status:fail&g=node", { view: "findings", query: "status:fail", group: "node" }],
  ["#findings?f=0123456789abcdef&q=a+%26+%23b&t=dark", { view: "findings", query: "a & #b", group: "none", open: "0123456789abcdef", theme: "dark" }],
  ["#not-evaluated?t=light", { view: "not-evaluated", query: "", group: "none", theme: "light" }],
];
for (const [hash, state] of states)
  test(`${hash} is an address of the page, and the state's own`, () => {
    assert.deepEqual(parseHash(hash), state);
    assert.equal(renderHash(state), hash);
  });

for (const [hash, view] of [
  ["", "overview"],
  ["#nothing?q=%", "overview"],
  ["#findings?g=<b>&t=red", "findings"],
  ["#main", "overview"],
] as const)
  test(`of ${JSON.stringify(hash)} only what can be understood counts`, () => {
    const { view: found, group, theme } = parseHash(hash);
    assert.deepEqual([found, group, theme], [view, "none", undefined]);
  });
