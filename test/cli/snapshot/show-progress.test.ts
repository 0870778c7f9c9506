import assert from "node:assert/strict";
import { test } from "node:test";
import { showProgress } from "../../../cli/snapshot/show-progress.ts";
import { quietOutput } from "../../../cli/terminal/quiet-output.ts";

const progress = { kinds: 3, allKinds: 60, objects: 1234, logs: 0, allLogs: 0, requests: 12, receivedBytes: 3 * 1024 ** 2 };

/** What is printed on the error output, which a command gets through `quietOutput`. */
function show(isErrTerminal: boolean, isQuiet: boolean): string {
  let printed = "";
  const output = { out: () => assert.fail(), err: (text: string) => void (printed += text), isTerminal: false, isErrTerminal, columns: 60, colours: false };
  const shown = showProgress(quietOutput(output, () => isQuiet));
  shown.show(progress);
  shown.end();
  return printed;
}

test("on a terminal it is said in one line, which is gone at the end", () => {
  assert.equal(show(true, false), "\r\u001B[J3 of 60 kinds, 1234 objects, 0 logs; 12 requests, 3.0 MiB\n\u001B[1A\r\u001B[J");
});

test("elsewhere a short snapshot says nothing, and a quiet one never does", () => {
  assert.equal(show(false, false), "");
  assert.equal(show(true, true), "");
});
