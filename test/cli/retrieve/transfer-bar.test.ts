import assert from "node:assert/strict";
import { test } from "node:test";
import { createTransferBar, renderTransfer } from "../../../cli/retrieve/transfer-bar.ts";

const GiB = 1024 ** 3;
const lines: readonly (readonly [string, Parameters<typeof renderTransfer>[0], boolean])[] = [
  [
    "run.tar.gz [##########          ] 50 % of 2.0 GiB, 32.0 MiB/s, 32s left",
    { name: "run.tar.gz", total: 2 * GiB, size: GiB, bytesPerSecond: 32 * 1024 ** 2 },
    true,
  ],
  ["run.tar.gz: 0 % of 10.0 GiB", { name: "run.tar.gz", total: 10 * GiB, size: 5, bytesPerSecond: 0 }, false],
  ["a: 99 % of 1.0 KiB, 1 B/s, 1s left", { name: "a", total: 1024, size: 1023, bytesPerSecond: 1 }, false],
  ["a [####################] 100 % of 0 B", { name: "a", total: 0, size: 0, bytesPerSecond: 0 }, true],
];
for (const [line, transfer, hasBar] of lines) test(`a transfer is told as "${line}"`, () => assert.equal(renderTransfer(transfer, hasBar), line));

function play(look: { readonly isErrTerminal: boolean; readonly isQuiet?: boolean }): string[] {
  const said: string[] = [];
  let at = 0;
  const output = {
    out: () => assert.fail("it is not what was asked for"),
    err: (text: string) => void said.push(text),
    isTerminal: false,
    columns: 80,
    colours: false,
  };
  const bar = createTransferBar({ ...output, ...look }, { name: "run.tar.gz", size: 30 * 1024 ** 2 }, () => at);
  for (; at <= 30_000; at += 100) bar.show((at / 1000) * 1024 ** 2);
  bar.end();
  return said;
}

test("where there is no terminal a line is said now and then", () => {
  const said = play({ isErrTerminal: false });
  assert.deepEqual(said, [
    "run.tar.gz: 3 % of 30.0 MiB, 1.0 MiB/s, 29s left\n",
    "run.tar.gz: 36 % of 30.0 MiB, 1.0 MiB/s, 19s left\n",
    "run.tar.gz: 70 % of 30.0 MiB, 1.0 MiB/s, 9s left\n",
  ]);
});

test("on a terminal one line is drawn again and again, and gone at the end", () => {
  const said = play({ isErrTerminal: true });
  assert.ok(said.length > 100);
  const [drawn = ""] = said.slice(50);
  assert.ok(drawn.startsWith("\u001B[1A\r\u001B[J"));
  assert.match(drawn, /\[Jrun\.tar\.gz \[#+ +\] \d+ % of 30\.0 MiB, 1\.0 MiB\/s, \d+s left\n$/);
  assert.equal(said.at(-1), "\u001B[1A\r\u001B[J");
});

test("nothing is said where it is to be quiet", () => assert.deepEqual(play({ isErrTerminal: true, isQuiet: true }), []));
